package waitgroupmissingdone

import "sync"

// What is skipped has been counted all the same.
func skips(names []string, open func(string) error, read func(string)) {
	var opened sync.WaitGroup
	opened.Add(len(names))
	for _, name := range names {
		if err := open(name); err != nil {
			continue
		}
		go func() {
			defer opened.Done()
			read(name)
		}()
	}
	opened.Wait() // want "waitgroup-missing-done: this wait for `opened` may last for ever: `opened` is counted up more often"
}

func oneTooMany(n int, run func(int)) {
	var started sync.WaitGroup
	started.Add(n + 1)
	for i := range n {
		go func() {
			defer started.Done()
			run(i)
		}()
	}
	started.Wait() // want "waitgroup-missing-done: this wait for `started`"
}

// The goroutine is one of those that it waits for.
func waitsForItself(run func()) {
	var runners sync.WaitGroup
	done := make(chan struct{})
	runners.Add(1)
	go func() {
		defer runners.Done()
		run()
		runners.Wait() // want "waitgroup-missing-done: this wait for `runners`"
		close(done)
	}()
	<-done
}

// The closure counts down when all went well.
func viaClosure(names []string, run func(string) bool) {
	var pending sync.WaitGroup
	finish := func(ok bool) {
		if ok {
			pending.Done()
		}
	}
	for _, name := range names {
		pending.Add(1)
		go func() { finish(run(name)) }()
	}
	pending.Wait() // want "waitgroup-missing-done: this wait for `pending`"
}

type feed struct {
	open  sync.WaitGroup
	lines []string
}

func (f *feed) read(line string) {
	if line == "" {
		return
	}
	f.lines = append(f.lines, line)
	f.open.Done()
}

func readAll() {
	f := &feed{}
	f.open.Add(2)
	f.read("a")
	f.read("")
	f.open.Wait() // want "waitgroup-missing-done: this wait for `f.open`"
}

// One worker stands for two.
func workers(run func()) {
	var busy sync.WaitGroup
	for i := 0; i < 3; i++ {
		busy.Add(i)
		go func() {
			defer busy.Done()
			run()
		}()
	}
	busy.Add(1)
	busy.Wait() // want "waitgroup-missing-done: this wait for `busy`"
}

// All are counted, and the first does not count down.
func allButFirstCounted(pipes []pipe, stop func()) {
	var ended sync.WaitGroup
	ended.Add(len(pipes))
	for i := range pipes {
		go func(i int) {
			if i == 0 {
				pipes[i].copyAll()
			} else {
				pipes[i].copyAll()
				ended.Done()
			}
		}(i)
	}
	ended.Wait() // want "waitgroup-missing-done: "
	stop()
}

// Which of them are not counted has nothing to do with what fails.
func allButFailed(pipes []pipe, start func(p pipe) error) {
	var ended sync.WaitGroup
	ended.Add(len(pipes) - 1)
	for _, p := range pipes[1:] {
		go func() {
			if err := start(p); err != nil {
				return
			}
			p.copyAll()
			ended.Done()
		}()
	}
	ended.Wait() // want "waitgroup-missing-done: "
}
