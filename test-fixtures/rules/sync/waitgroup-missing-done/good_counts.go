package waitgroupmissingdone

import "sync"

func skipsAndCounts(names []string, open func(string) error, read func(string)) {
	var wg sync.WaitGroup
	wg.Add(len(names))
	for _, name := range names {
		if err := open(name); err != nil {
			wg.Done()
			continue
		}
		go func() {
			defer wg.Done()
			read(name)
		}()
	}
	wg.Wait()
}

// The function itself is the one that is counted on top.
func oneMore(n int, run func(int)) {
	var wg sync.WaitGroup
	wg.Add(n + 1)
	for i := range n {
		go func() {
			defer wg.Done()
			run(i)
		}()
	}
	run(n)
	wg.Done()
	wg.Wait()
}

// The group is in other hands.
func lent(start func(done func())) {
	var wg sync.WaitGroup
	wg.Add(1)
	start(wg.Done)
	wg.Wait()
}

func viaClosureAlways(names []string, run func(string) bool) {
	var wg sync.WaitGroup
	failed := make(chan string, len(names))
	finish := func(name string, ok bool) {
		defer wg.Done()
		if !ok {
			failed <- name
		}
	}
	for _, name := range names {
		wg.Add(1)
		go func() { finish(name, run(name)) }()
	}
	wg.Wait()
}

func counted(parts []string, run func(string)) {
	var wg sync.WaitGroup
	n := 0
	for _, part := range parts {
		if part != "" {
			n++
		}
	}
	wg.Add(n)
	for _, part := range parts {
		if part != "" {
			go func() {
				defer wg.Done()
				run(part)
			}()
		}
	}
	wg.Wait()
}

// The goroutine counts the others, and is not one of them.
func outsider(run func()) {
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Add(1)
	go func() {
		defer wg.Done()
		run()
	}()
	go func() {
		wg.Wait()
		close(done)
	}()
	<-done
}

type pipe interface{ copyAll() }

// One less than there are is counted: the first is not waited for, and does not count down either.
func allButFirst(pipes []pipe, stop func()) {
	var ended sync.WaitGroup
	ended.Add(len(pipes) - 1)
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
	ended.Wait()
	stop()
}

// The same for the last.
func allButLast(pipes []pipe, stop func()) {
	var ended sync.WaitGroup
	ended.Add(len(pipes) - 1)
	for i, p := range pipes {
		go func() {
			p.copyAll()
			if i != len(pipes)-1 {
				ended.Done()
			}
		}()
	}
	ended.Wait()
	stop()
}
