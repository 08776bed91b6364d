package abandonedsend

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"sync"
	"testing"
	"time"
)

func bufferedTimeout(resolve func() string) (string, error) {
	answer := make(chan string, 1)
	go func() {
		answer <- resolve()
	}()
	select {
	case a := <-answer:
		return a, nil
	case <-time.After(time.Second):
		return "", errors.New("timeout")
	}
}

func selects(ctx context.Context, resolve func() string) (string, error) {
	answer := make(chan string)
	go func() {
		select {
		case answer <- resolve():
		case <-ctx.Done():
		}
	}()
	select {
	case a := <-answer:
		return a, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func alwaysReceives(work func() error, setup func() error) error {
	errc := make(chan error)
	go func() { errc <- work() }()
	if err := setup(); err != nil {
		<-errc
		return err
	}
	return <-errc
}

func drains(work func() error, setup func() error) error {
	errc := make(chan error)
	defer func() { <-errc }()
	go func() { errc <- work() }()
	return setup()
}

func drainsInBackground(ctx context.Context, work func() error) error {
	errc := make(chan error)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		go func() { <-errc }()
		return ctx.Err()
	}
}

func returned(work func() int) <-chan int {
	out := make(chan int)
	go func() { out <- work() }()
	return out
}

type job struct{ out chan int }

func stored(j *job, work func() int) {
	out := make(chan int)
	go func() { out <- work() }()
	j.out = out
}

func passedOn(work func() int, use func(<-chan int)) {
	out := make(chan int)
	go func() { out <- work() }()
	use(out)
}

// The sender is known to be gone when `done` is closed.
func signalled(work func() error) error {
	errc := make(chan error)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := work(); err != nil {
			errc <- err
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-done:
		return nil
	}
}

// All senders are known to be gone when `done` is closed.
func waited(jobs []func() error) error {
	errc := make(chan error)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := j(); err != nil {
				errc <- err
			}
		}()
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	for {
		select {
		case err := <-errc:
			log.Print(err)
		case <-done:
			return nil
		}
	}
}

// The context ends only when the sender has sent.
func cancelled(work func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	errc := make(chan error)
	go func() {
		defer cancel()
		errc <- work()
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return nil
	}
}

func counted(jobs []func() int) int {
	out := make(chan int)
	for _, j := range jobs {
		go func() { out <- j() }()
	}
	sum := 0
	for range jobs {
		sum += <-out
	}
	return sum
}

func ranged(items []int) int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, i := range items {
			out <- i
		}
	}()
	sum := 0
	for v := range out {
		sum += v
	}
	return sum
}

func fatal(t *testing.T, work func() int) {
	out := make(chan int)
	go func() { out <- work() }()
	select {
	case <-out:
	case <-time.After(time.Second):
		t.Fatal("too slow")
	}
}

func sameCondition(work func() error, async bool) error {
	errc := make(chan error)
	if async {
		go func() { errc <- work() }()
	}
	log.Print("started")
	if async {
		return <-errc
	}
	return nil
}

func enough(ctx context.Context, step func(int) error) error {
	errs := make(chan error, 2)
	go func() {
		errs <- step(1)
		errs <- step(2)
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func exits(work func() error, setup func() error) error {
	errc := make(chan error)
	go func() { errc <- work() }()
	if err := setup(); err != nil {
		log.Fatal(err)
	}
	return <-errc
}

func deliver(ctx context.Context, work func(int)) (n int) {
	jobs, acks := make(chan int), make(chan struct{})
	go func() {
		for job := range jobs {
			work(job)
			// Nobody is owed an answer who has not handed over a job.
			acks <- struct{}{}
		}
	}()
	defer close(jobs)
	for i := range 10 {
		if err := handOver(ctx, jobs, i); err != nil {
			return n
		}
		<-acks
		n++
	}
	return n
}

func handOver(ctx context.Context, jobs chan<- int, i int) error {
	select {
	case jobs <- i:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Without parts there is nothing to send.
func lastPart(parts []string) string {
	c := make(chan string)
	go func() {
		for _, p := range parts {
			c <- p
		}
	}()
	if len(parts) == 0 {
		return ""
	}
	last := ""
	for range parts {
		last = <-c
	}
	return last
}

// What a helper for tests needs of `testing.TB`.
type failer interface {
	Fatalf(format string, args ...any)
}

// The goroutine stays only where the test has failed.
func eventually(t failer, check func() bool) {
	done := make(chan bool)
	go func() { done <- check() }()
	select {
	case <-done:
	case <-time.After(time.Second):
		t.Fatalf("timed out")
	}
}

// Each of the three sends once, and three values are received.
func allThree(first, second, third func()) bool {
	firstDone, secondDone, thirdDone := make(chan bool), make(chan bool), make(chan bool)
	go func() { first(); firstDone <- true }()
	go func() { second(); secondDone <- true }()
	go func() { third(); thirdDone <- true }()
	done := 0
	for {
		select {
		case <-firstDone:
			done++
		case <-secondDone:
			done++
		case <-thirdDone:
			done++
		}
		if done == 3 {
			return true
		}
	}
}

type listener struct {
	ready chan bool
	stop  chan struct{}
}

func (l *listener) Ready() <-chan bool {
	return l.ready
}

func (l *listener) listen(proto, addr string) error {
	switch proto {
	case "udp":
		return l.listenUDP(addr)
	default:
		return errors.New("unknown protocol")
	}
}

func (l *listener) listenUDP(addr string) error {
	c, err := net.ListenPacket("udp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	l.ready <- true
	<-l.stop
	return nil
}

// It fails only before it is ready.
func listenUntilStopped(addr string) error {
	l := &listener{ready: make(chan bool, 1), stop: make(chan struct{})}
	defer close(l.stop)
	errc := make(chan error)
	go func() {
		err := l.listen("udp", addr)
		if err != nil {
			errc <- err
		}
	}()
	select {
	case <-l.Ready():
	case err := <-errc:
		return err
	}
	return nil
}

// The loop ends when nobody is on the way any more, whatever the other part of its condition says.
func untilNobodyIsOnTheWay(items []int, run func(int) error) (err error) {
	done := make(chan error)
	active, next := 0, 0
	stopped := false
	for active > 0 || (!stopped && next < len(items)) {
		if !stopped && next < len(items) && active < 2 {
			i := items[next]
			next++
			active++
			go func() { done <- run(i) }()
			continue
		}
		e := <-done
		active--
		if e != nil && !stopped {
			stopped = true
			err = e
		}
	}
	return err
}

// The reader of the pipe cannot be done before something was written: until then the error has its receiver.
func overPipe(kinds []string, encode func(string) ([]byte, error), decode func(io.Reader) error) error {
	for _, kind := range kinds {
		r, w := io.Pipe()
		failed := make(chan error)
		go func() {
			data, err := encode(kind)
			if err != nil {
				failed <- err
				return
			}
			w.Write(data)
			w.Close()
		}()
		done := make(chan struct{})
		go func() {
			if decode(r) == nil {
				close(done)
			}
		}()
		select {
		case err := <-failed:
			return err
		case <-done:
		}
	}
	return nil
}
