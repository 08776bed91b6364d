package breakinside

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log"
	"os"
	"os/signal"
	"time"
)

func consume(ctx context.Context, jobs <-chan func()) {
	for {
		select {
		case <-ctx.Done():
			break // want "break-inside-select: this `break` leaves the `select`, not the loop on line 15: after `<-ctx.Done\\(\\)` the loop goes round again and never ends"
		case job := <-jobs:
			job()
		}
	}
}

// The function has a result, and there is none to return.
func drain(in <-chan string, done chan struct{}) int {
	for {
		select {
		case s := <-in:
			log.Print(s)
		case <-done:
			log.Print("stopping")
			break // want "after `<-done` the loop goes round again and never ends"
		}
	}
}

// A closed channel is received from again and again.
func relay(in <-chan int, out chan<- int) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				break // want "after `!ok` the loop goes round again"
			}
			out <- v
		}
	}
}

func untilSignal(work <-chan int, handle func(int)) {
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs, os.Interrupt)
	defer signal.Stop(sigs)
	for {
		select {
		case w := <-work:
			handle(w)
		case <-sigs:
			break // want "after `<-sigs` the loop goes round again"
		}
	}
}

func lines(r io.Reader, handle func(string)) {
	br := bufio.NewReader(r)
	for {
		line, err := br.ReadString('\n')
		switch {
		case err == io.EOF:
			break // want "leaves the `switch`, not the loop on line 67: after `err == io.EOF`"
		case err != nil:
			log.Print(err)
		default:
			handle(line)
		}
	}
}

func frames(read func() ([]byte, error), handle func([]byte)) {
	for {
		frame, err := read()
		switch {
		case len(frame) > 0:
			handle(frame)
		case errors.Is(err, io.EOF):
			log.Print("end of stream")
			break // want "after `errors.Is\\(err, io.EOF\\)`"
		}
	}
}

// The loop can end by an error, but cancelling makes it spin.
func pump(ctx context.Context, in <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			break // want "after `<-ctx.Done\\(\\)` the loop goes round again and spins"
		case err := <-in:
			if err != nil {
				return err
			}
		}
	}
}

type agent struct {
	quit chan struct{}
	in   chan string
}

func (a *agent) run() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			log.Print("alive")
		case m := <-a.in:
			log.Print(m)
		case <-a.quit:
			break // want "after `<-a.quit`"
		}
	}
}

type session struct {
	lines chan string
	done  chan struct{}
}

// The next session follows, so a label is needed.
func serve(sessions <-chan session) {
	for s := range sessions {
		for {
			select {
			case line := <-s.lines:
				log.Print(line)
			case <-s.done:
				break // want "after `<-s.done` the loop goes round again and never ends"
			}
		}
	}
}

// Nothing follows that it could skip.
func countdown(from int, ticks <-chan time.Time, changes <-chan int) {
	left := from
	for {
		select {
		case <-ticks:
			if left--; left == 0 {
				log.Print("over")
				break // want "after `left == 0` the loop goes round again and never ends"
			}
		case n := <-changes:
			left += n
		}
	}
}
