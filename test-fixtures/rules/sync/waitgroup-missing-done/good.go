package waitgroupmissingdone

import (
	"fmt"
	"log"
	"sync"
)

func deferred(jobs []func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if job() != nil {
				return
			}
			fmt.Println("done")
		}()
	}
	wg.Wait()
}

func deferredClosure(jobs []func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer func() {
				_ = recover()
				wg.Done()
			}()
			if job() != nil {
				return
			}
			fmt.Println("done")
		}()
	}
	wg.Wait()
}

func everyWay(jobs []func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if job() != nil {
				wg.Done()
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

// The items are counted, not the worker.
func perItem(items []int, handle func(int)) {
	var wg sync.WaitGroup
	queue := make(chan int)
	wg.Add(len(items))
	go func() {
		for item := range queue {
			handle(item)
			wg.Done()
		}
	}()
	for _, item := range items {
		queue <- item
	}
	wg.Wait()
	close(queue)
}

// The callback counts down.
func callback(jobs []func(func())) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if job == nil {
				wg.Done()
				return
			}
			job(wg.Done)
		}()
	}
	wg.Wait()
}

// A helper counts down.
func (s *service) run(work func() error) {
	s.wg.Add(1)
	go func() {
		if work() != nil {
			s.finish()
			return
		}
		s.wg.Done()
	}()
}

func (s *service) finish() {
	s.wg.Done()
}

// The process ends.
func orDie(connect func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := connect(); err != nil {
			log.Fatal(err)
		}
		wg.Done()
	}()
	wg.Wait()
}

// The starter counts down when the answer has come.
func byStarter(ask func() int, answers chan int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		answers <- ask()
	}()
	<-answers
	wg.Done()
	wg.Wait()
}

// The group may be nil for other callers.
func optional(jobs []func()) {
	wg := new(sync.WaitGroup)
	for _, job := range jobs {
		wg.Add(1)
		go runJob(job, wg)
	}
	wg.Wait()
	runJob(func() {}, nil)
}

func runJob(job func(), wg *sync.WaitGroup) {
	if wg != nil {
		defer wg.Done()
	}
	job()
}

// The group goes to somebody who may count down.
func handedOn(start func(*sync.WaitGroup), jobs []func()) {
	var wg sync.WaitGroup
	for range jobs {
		wg.Add(1)
		go func() {
			start(&wg)
		}()
	}
	wg.Wait()
}

// Passed on to another goroutine, which counts down.
func chain(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if job == nil {
				wg.Done()
				return
			}
			go func() {
				defer wg.Done()
				job()
			}()
		}()
	}
	wg.Wait()
}

// A panic ends the process: nobody waits any more.
func unguarded(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer fmt.Println("job ended")
			job()
			wg.Done()
		}()
	}
	wg.Wait()
}

func balanced(up, down func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		up()
	}()
	go func() {
		down()
		wg.Done()
	}()
	wg.Wait()
}

// Each of several goroutines counts down by the same call.
func repeated(job func()) {
	var wg sync.WaitGroup
	wg.Add(4)
	for range 4 {
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

func sharedCallback(first, second func(func())) {
	var wg sync.WaitGroup
	wg.Add(2)
	done := func() { wg.Done() }
	first(done)
	second(done)
	wg.Wait()
}

func (s *service) resume(dial func() (func(), error)) error {
	s.wg.Add(1)
	serve, err := dial()
	if err != nil {
		s.wg.Done()
		return err
	}
	go func() {
		defer s.wg.Done()
		serve()
	}()
	return nil
}

type crew struct{ ready sync.WaitGroup }

// Nobody asks for a crew of none.
func (c *crew) hire(n int, job func()) {
	c.ready.Add(1)
	for i := 0; i < n; i++ {
		go func() {
			job()
			c.ready.Done()
		}()
	}
	return
}

// The literal gets the group as an argument, and is started by code that runs elsewhere.
func dig(run func(func()), job func()) {
	shovel := func(wg *sync.WaitGroup) {
		defer wg.Done()
		job()
	}
	var wg sync.WaitGroup
	run(func() {
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go shovel(&wg)
		}
	})
	wg.Wait()
}

// Counted is a thing, not the goroutine that makes it: whoever has it counts it down.
type shelf struct {
	mu    sync.Mutex
	alive *sync.WaitGroup
	books []string
}

func (s *shelf) order(print func() (string, error)) {
	s.alive.Add(1)
	go func() {
		book, err := print()
		s.mu.Lock()
		defer s.mu.Unlock()
		if err != nil {
			s.alive.Done()
			return
		}
		s.books = append(s.books, book)
	}()
}

func (s *shelf) Sell() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.books) == 0 {
		return ""
	}
	book := s.books[0]
	s.books = s.books[1:]
	s.alive.Done()
	return book
}

func (s *shelf) Close() { s.alive.Wait() }
