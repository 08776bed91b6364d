package breakinside

import (
	"context"
	"io"
	"log"
	"time"
)

func labelled(ctx context.Context, jobs <-chan func()) {
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case job := <-jobs:
			job()
		}
	}
	log.Print("stopped")
}

func returned(ctx context.Context, jobs <-chan func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-jobs:
			if job == nil {
				break
			}
			job()
		}
	}
}

// The condition of the loop sees to the end.
func conditional(ctx context.Context, jobs <-chan func()) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			break
		case job := <-jobs:
			job()
		}
	}
}

// Asked again at the top.
func askedAgain(ctx context.Context, jobs <-chan func()) {
	for {
		if ctx.Err() != nil {
			return
		}
		select {
		case <-ctx.Done():
			break
		case job := <-jobs:
			job()
		}
	}
}

// What follows the select ends the loop.
func codeAfter(done chan struct{}, in <-chan int) int {
	n := 0
	for {
		stop := false
		select {
		case v := <-in:
			n += v
		case <-done:
			stop = true
			break
		}
		if stop {
			return n
		}
	}
}

// A wake-up, not an end.
func wakeUps(wake chan struct{}, tick <-chan time.Time, work func()) {
	for {
		select {
		case <-wake:
			break
		case <-tick:
		}
		work()
	}
}

func habit(next func() int) {
	for {
		switch next() {
		case 0:
			log.Print("idle")
			break
		case 1:
			log.Print("busy")
			break
		}
	}
}

func insideInnerLoop(ctx context.Context, rows <-chan []int) {
	for {
		select {
		case <-ctx.Done():
			return
		case row := <-rows:
			for _, v := range row {
				if v < 0 {
					break
				}
				log.Print(v)
			}
		}
	}
}

func noLoop(ctx context.Context, in <-chan int) {
	select {
	case <-ctx.Done():
		break
	case v := <-in:
		log.Print(v)
	}
}

func eofInLoopThatEnds(read func() (int, error)) int {
	total := 0
	for {
		n, err := read()
		switch {
		case err == io.EOF:
			break
		default:
			total += n
			continue
		}
		return total
	}
}

// The rest of the arm is skipped.
func skipping(ticks <-chan time.Time, changes <-chan int) {
	left := 10
	for {
		select {
		case <-ticks:
			if left == 0 {
				break
			}
			left--
			log.Print(left)
		case n := <-changes:
			left += n
		}
	}
}

// One of two ways, in a loop that ends.
func either(ticks <-chan time.Time, changes <-chan int) {
	left := 10
	for {
		select {
		case <-ticks:
			if left == 0 {
				break
			} else {
				left--
			}
		case n, ok := <-changes:
			if !ok {
				return
			}
			left += n
		}
	}
}
