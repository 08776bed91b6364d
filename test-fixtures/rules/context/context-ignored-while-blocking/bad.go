package contextignoredwhileblocking

import (
	"context"
	"errors"
	"time"
)

type item struct{ id int }

type client interface {
	fetch(ctx context.Context) (item, error)
}

// Polls on although nobody waits for it any more.
func waitUntil(ctx context.Context, ready func() bool) error {
	for !ready() {
		time.Sleep(50 * time.Millisecond) // want "context-ignored-while-blocking: the loop on line 17 goes on after `ctx` is done: `time.Sleep\\(50 \\* time.Millisecond\\)` does not wake for it"
	}
	return nil
}

// Each attempt fails at once after the end of the context, but the pauses grow.
func retry(ctx context.Context, c client) (item, error) {
	pause := 10 * time.Millisecond
	for {
		it, err := c.fetch(ctx)
		if err == nil {
			return it, nil
		}
		time.Sleep(pause) // want "the loop on line 26 goes on"
		pause *= 2
	}
}

func after(ctx context.Context, c client) {
	for {
		if _, err := c.fetch(ctx); err == nil {
			break
		}
		<-time.After(time.Minute) // want "goes on after `ctx` is done: `<-time.After\\(time.Minute\\)`"
	}
}

// Three attempts come to an end, late.
func attempts(ctx context.Context, c client) (it item, err error) {
	for i := 0; i < 3; i++ {
		if it, err = c.fetch(ctx); err == nil {
			return it, nil
		}
		time.Sleep(time.Duration(i) * time.Second) // want hint "the loop on line 47 goes on"
	}
	return item{}, errors.New("gave up")
}

// The pauses have a limit, and so has the time.
func limited1(ctx context.Context, c client) {
	for pause := time.Second; ; {
		if _, err := c.fetch(ctx); err == nil || pause > time.Minute {
			return
		}
		time.Sleep(pause) // want hint "goes on after `ctx` is done"
		pause *= 2
	}
}

func limited2(ctx context.Context, c client, end time.Time) {
	for time.Now().Before(end) {
		c.fetch(ctx)
		time.Sleep(time.Second) // want hint "goes on after `ctx` is done"
	}
}

// It looks at the context, but only once a minute.
func refresh(ctx context.Context, c client) {
	for ctx.Err() == nil {
		c.fetch(ctx)
		time.Sleep(time.Minute) // want hint "sleeps on after `ctx` is done, so this loop ends late"
	}
}

// The goroutine speaks of the context around it.
func background(ctx context.Context, c client, done func() bool) {
	go func() {
		for !done() {
			c.fetch(ctx)
			time.Sleep(time.Hour) // want "goes on after `ctx` is done"
		}
	}()
}

// The consumer that ends with the context leaves this producer behind.
func produce(ctx context.Context, c client, out chan<- item) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		it, err := c.fetch(ctx)
		if err != nil {
			continue
		}
		out <- it // want hint "this send does not give up when `ctx` is done: if nobody receives from `out` any more"
	}
}

type hub struct {
	changes chan item
	Events  chan item
}

func (h *hub) run(ctx context.Context, in <-chan item) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case it := <-in:
			h.changes <- it // want "if nobody receives from `h.changes` any more"
		}
	}
}

func (h *hub) listen(ctx context.Context) {
	for {
		select {
		case it := <-h.changes:
			h.Events <- it // want hint "if nobody receives from `h.Events` any more"
		case <-ctx.Done():
			return
		}
	}
}

// A stage of a pipeline.
func double(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			if ctx.Err() != nil {
				return
			}
			out <- 2 * v // want hint "if nobody receives from `out` any more"
		}
	}()
	return out
}

// The call fails when the context is over, and its error leaves the loop: late.
func pollStatus(ctx context.Context, c client) error {
	for {
		it, err := c.fetch(ctx)
		if err != nil {
			return err
		}
		if it.id != 0 {
			return nil
		}
		time.Sleep(5 * time.Second) // want hint "sleeps on after `ctx` is done, so this loop ends late"
	}
}

// Nobody looks at the error, nor does the callee look at its context.
func pollAnyway(ctx context.Context) {
	for {
		if err := ping(ctx); err == nil {
			return
		}
		time.Sleep(5 * time.Second) // want "goes on after `ctx` is done"
	}
}

func ping(_ context.Context) error { return errors.New("down") }

type answer interface{ status() int }

// The caller takes what came last, with the reason why no more was tried.
func answered(ctx context.Context, ask func() (answer, error)) (got answer, err error) {
	for {
		if got, err = ask(); err == nil {
			return got, nil
		}
		time.Sleep(time.Second) // want "goes on after `ctx` is done"
	}
}

// As many attempts as somebody likes, and all of them fail when the context is over.
func (p *patient) await(ctx context.Context, c client) (it item, err error) {
	for try := 1; try <= p.tries; try++ {
		if it, err = c.fetch(ctx); err == nil {
			return it, nil
		}
		time.Sleep(p.pause()) // want "the loop on line 190 goes on after `ctx` is done"
	}
	return item{}, err
}

type patient struct {
	tries int
	pause func() time.Duration
}

func manyAttempts(ctx context.Context, c client) (it item, err error) {
	for range 100 {
		if it, err = c.fetch(ctx); err == nil && it.id != 0 {
			return it, nil
		}
		time.Sleep(2 * time.Second) // want "goes on after `ctx` is done"
	}
	return item{}, err
}

// What is tried knows nothing of the context.
func (p *patient) awaitOther(ctx context.Context, ready func() error) {
	for try := 1; try <= p.tries; try++ {
		if ready() == nil {
			return
		}
		time.Sleep(p.pause()) // want hint "goes on after `ctx` is done"
	}
}

// One after the other, whatever becomes of each.
func (p *patient) each(ctx context.Context, cs []client) {
	for _, c := range cs {
		c.fetch(ctx)
		time.Sleep(p.pause()) // want hint "goes on after `ctx` is done"
	}
}

// Leaves when the attempt fails.
func (p *patient) untilFailure(ctx context.Context, c client) error {
	for try := 1; try <= p.tries; try++ {
		if _, err := c.fetch(ctx); err != nil {
			return err
		}
		time.Sleep(p.pause()) // want hint "sleeps on after `ctx` is done"
	}
	return nil
}
