package waitbeforedrain

import (
	"context"
	"errors"
	"sync"
)

// Room for everybody.
func buffered(lines []string) int {
	sums := make(chan int, len(lines))
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sums <- len(line)
		}()
	}
	wg.Wait()
	close(sums)
	total := 0
	for n := range sums {
		total += n
	}
	return total
}

func waitedForElsewhere(lines []string) int {
	sums := make(chan int)
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sums <- len(line)
		}()
	}
	go func() {
		wg.Wait()
		close(sums)
	}()
	total := 0
	for n := range sums {
		total += n
	}
	return total
}

// Another goroutine receives meanwhile.
func collected(lines []string) int {
	sums := make(chan int)
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sums <- len(line)
		}()
	}
	total := make(chan int)
	go func() {
		n := 0
		for s := range sums {
			n += s
		}
		total <- n
	}()
	wg.Wait()
	close(sums)
	return <-total
}

// The context may end the send.
func otherArm(ctx context.Context, lines []string) int {
	sums := make(chan int)
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			select {
			case sums <- len(line):
			case <-ctx.Done():
			}
		}()
	}
	wg.Wait()
	select {
	case n := <-sums:
		return n
	default:
		return 0
	}
}

func closedFirst(letters []string, post func(string)) {
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
	close(queue)
	workers.Wait()
}

func drainedFirst(left, right func() error) error {
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
	err := errors.Join(<-errs, <-errs)
	wg.Wait()
	return err
}

// Whoever called has the other end of the channel.
func handedIn(lines []string, sums chan<- int) {
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sums <- len(line)
		}()
	}
	wg.Wait()
	close(sums)
}

// At most one value is sent, and there is room for it.
func atMostOne(checks []func() error) error {
	failed := make(chan error, 1)
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(); err != nil {
				select {
				case failed <- err:
				default:
				}
			}
		}()
	}
	wg.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// The goroutine that waits for the end is not counted.
func uncounted(run func()) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		run()
	}()
	go func() {
		<-stop
	}()
	wg.Wait()
	close(stop)
}
