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
