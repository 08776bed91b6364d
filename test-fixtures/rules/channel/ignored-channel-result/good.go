package ignoredchannelresult

import "context"

func kept(work func() error) error {
	return <-runAsync(work)
}

func receivedAtOnce(work func() error) {
	<-runAsync(work)
}

func passedOn(work func() error) <-chan error {
	return runAsync(work)
}

func runBuffered(work func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	return done
}

func roomForResult(work func() error) {
	runBuffered(work)
}

func runClosing(work func()) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	return done
}

// Closing needs no receiver.
func onlyCloses(work func()) {
	runClosing(work)
}

func runUntil(ctx context.Context, work func() int) <-chan int {
	out := make(chan int)
	go func() {
		select {
		case out <- work():
		case <-ctx.Done():
		}
	}()
	return out
}

func givesUp(ctx context.Context, work func() int) {
	runUntil(ctx, work)
}

var lastRun chan error

func runRemembered(work func() error) <-chan error {
	done := make(chan error)
	lastRun = done
	go func() { done <- work() }()
	return done
}

// Somebody else has the channel, too.
func remembered(work func() error) {
	runRemembered(work)
}

func serve(work func(int)) chan<- int {
	jobs := make(chan int)
	go func() {
		for j := range jobs {
			work(j)
		}
	}()
	return jobs
}

// The goroutine receives, it does not send.
func receives(work func(int)) {
	_ = serve(work)
}

func runAndLog(work func() error, log func(error)) chan error {
	done := make(chan error)
	go func() { done <- work() }()
	go func() { log(<-done) }()
	return done
}

// Another goroutine receives.
func logged(work func() error, log func(error)) {
	runAndLog(work, log)
}
