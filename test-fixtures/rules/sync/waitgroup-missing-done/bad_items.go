package waitgroupmissingdone

import (
	"errors"
	"sync"
)

var errBusy = errors.New("busy")

// What is counted are items, and there are more goroutines than these: none of them can count down whatever happens.
func acceptAll(n int, accept func() error) {
	var accepted sync.WaitGroup
	accepted.Add(n)
	for taken, turn := 0, 0; taken < n; turn++ {
		if turn%2 == 1 {
			taken++
		}
		go func() {
			if err := accept(); err != nil {
				return
			}
			accepted.Done()
		}()
	}
	accepted.Wait() // want "the goroutine of line 18 returns on line 20 without `accepted.Done\\(\\)`"
}

// Here each goroutine is counted.
func acceptEach(n int, accept func() error) {
	var each sync.WaitGroup
	each.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			if err := accept(); err != nil {
				return
			}
			each.Done()
		}()
	}
	each.Wait() // want "the goroutine of line 33 returns on line 35 without `each.Done\\(\\)`"
}

// The first of two is not the last thing that is done.
func acceptTwice(accept func() error) {
	var both sync.WaitGroup
	both.Add(2)
	go func() {
		if err := accept(); err == errBusy {
			return
		}
		both.Done()
		_ = accept()
		both.Done()
	}()
	both.Wait() // want "the goroutine of line 47 returns on line 49 without `both.Done\\(\\)`"
}
