package waitbeforedrain

import (
	"errors"
	"sync"
)

func lengths(lines []string) int {
	sums := make(chan int)
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sums <- len(line)
		}()
	}
	wg.Wait() // want "wait-before-drain: this wait for `wg` may last for ever: a goroutine it waits for is blocked on line 15"
	close(sums)
	total := 0
	for n := range sums {
		total += n
	}
	return total
}

// The queue is closed only when the workers, who wait for that, have ended.
func deliver(letters []string, post func(string)) {
	queue := make(chan string)
	var workers sync.WaitGroup
	for range 3 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for letter := range queue {
				post(letter)
			}
		}()
	}
	for _, letter := range letters {
		queue <- letter
	}
	workers.Wait() // want "wait-before-drain: this wait for `workers` may last for ever"
	close(queue)
}

func both(left, right func() error) error {
	errs := make(chan error)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		errs <- left()
	}()
	go func() {
		defer wg.Done()
		errs <- right()
	}()
	wg.Wait() // want "wait-before-drain: this wait for `wg` may last for ever"
	return errors.Join(<-errs, <-errs)
}

// There is room for one value only.
func firstFailure(checks []func() error) error {
	failed := make(chan error, 1)
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(); err != nil {
				failed <- err
			}
		}()
	}
	// Every check has to be done.
	wg.Wait() // want "wait-before-drain: .* blocked on line 72"
	close(failed)
	for err := range failed {
		return err
	}
	return nil
}

// The starting shot is fired when the runners have come in.
func race(runners []func()) {
	start := make(chan struct{})
	var finished sync.WaitGroup
	for _, run := range runners {
		finished.Add(1)
		go func() {
			defer finished.Done()
			<-start
			run()
		}()
	}
	finished.Wait() // want "wait-before-drain: this wait for `finished`"
	close(start)
}

func pair(a, b func() int) int {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { out <- a() })
	wg.Go(func() { out <- b() })
	sum := 0
	wg.Wait() // want "wait-before-drain: this wait for `wg`"
	for range 2 {
		sum += <-out
	}
	return sum
}

type pool struct {
	tasks chan func()
	wg    sync.WaitGroup
}

func newPool() *pool {
	p := &pool{tasks: make(chan func())}
	p.wg.Add(1)
	go p.work()
	return p
}

func (p *pool) work() {
	defer p.wg.Done()
	for task := range p.tasks {
		task()
	}
}

// Stop waits for a worker that ends when the queue is closed.
func (p *pool) Stop() {
	p.wg.Wait() // want "wait-before-drain: this wait for `p.wg`"
	close(p.tasks)
}
