package busyselect

import (
	"runtime"
	"sync/atomic"
	"time"
)

func waits(jobs <-chan func(), done <-chan struct{}) {
	for {
		select {
		case job := <-jobs:
			job()
		case <-done:
			return
		}
	}
}

func sleeps(done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

func yields(done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
			runtime.Gosched()
		}
	}
}

func works(done <-chan struct{}, step func()) {
	for {
		select {
		case <-done:
			return
		default:
		}
		step()
	}
}

func drained(values chan int) {
	for {
		select {
		case <-values:
		default:
			return
		}
	}
}

func offers(out chan<- int) (dropped int) {
	for i := 0; i < 10; i++ {
		select {
		case out <- i:
		default:
		}
	}
	for range 3 {
		select {
		case out <- 0:
		default:
			dropped++
		}
	}
	return dropped
}

func outer(all []chan int) (found int) {
next:
	for _, values := range all {
		for {
			select {
			case v := <-values:
				found += v
			default:
				continue next
			}
		}
	}
	return found
}

func polled(stop *atomic.Bool, values chan int) {
	for !stop.Load() {
		select {
		case <-values:
		default:
		}
	}
}

type heap struct {
	items []int
	more  chan int
	quit  chan struct{}
}

// A function is asked: it may wait.
func (h *heap) asks(next func() bool) {
	for {
		select {
		case <-h.quit:
			return
		default:
			if next() {
				h.items = nil
			}
		}
	}
}

func (h *heap) tries() {
	for {
		select {
		case <-h.quit:
			return
		default:
			if v, ok := h.pop(); ok {
				h.more <- v
			}
		}
	}
}

func (h *heap) pop() (int, bool) {
	time.Sleep(time.Millisecond)
	if len(h.items) == 0 {
		return 0, false
	}
	return h.items[0], true
}

// The other way waits.
func (h *heap) either() {
	for {
		select {
		case <-h.quit:
			return
		default:
			if len(h.items) > 0 {
				h.items = h.items[1:]
			} else {
				time.Sleep(time.Millisecond)
			}
		}
	}
}

// Each turn brings the end nearer.
func (h *heap) shrinks(n int) {
	for n > 0 {
		select {
		case <-h.quit:
			return
		default:
			n = less(n)
		}
	}
}

func less(n int) int {
	if n < 10 {
		return 0
	}
	return n - 1
}

func (h *heap) pauses() {
	for {
		select {
		case <-h.quit:
			return
		default:
			h.pause()
		}
	}
}

func (h *heap) pause() {
	if len(h.items) > 0 {
		h.items = nil
	}
	time.Sleep(time.Millisecond)
}

func (h *heap) looksTwice() {
	for {
		select {
		case <-h.quit:
			return
		default:
			if len(h.items) > 0 {
				h.items = nil
			}
			runtime.Gosched()
		}
	}
}

// The question at the beginning is for what hardly ever is.
func (h *heap) looks() {
	for {
		select {
		case <-h.quit:
			return
		default:
			h.look(1)
		}
	}
}

func (h *heap) look(n int) bool {
	if h == nil || h.more == nil {
		return false
	}
	for _, item := range h.items {
		if item == n {
			return true
		}
	}
	return false
}

func (h *heap) asksForGood(verbose bool, log func()) {
	for {
		select {
		case <-h.quit:
			return
		default:
			if verbose {
				log()
			}
		}
	}
}
