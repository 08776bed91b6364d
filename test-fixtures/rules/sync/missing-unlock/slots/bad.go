package slots

import (
	"context"
	"errors"
	"sync"
)

var errTooLarge = errors.New("too large")

type picture struct{ width, height int }

type renderer struct {
	slots chan struct{}
	limit int
}

func newRenderer(n int) *renderer {
	return &renderer{slots: make(chan struct{}, n), limit: 4096}
}

func (r *renderer) thumb(decode func() (picture, error)) (picture, error) {
	r.slots <- struct{}{} // want "missing-unlock: The slot taken from `r.slots` is not given back at the return on line 30, where `<-r.slots` is missing"
	p, err := decode()
	if err != nil {
		<-r.slots
		return picture{}, err
	}
	if p.width > r.limit || p.height > r.limit {
		return picture{}, errTooLarge
	}
	p.width /= 8
	p.height /= 8
	<-r.slots
	return p, nil
}

// The slot is taken in an arm, and the other arm leaves.
func (r *renderer) sized(ctx context.Context, decode func() (picture, error)) (picture, error) {
	select {
	case r.slots <- struct{}{}: // want "not given back at the return on line 47"
	case <-ctx.Done():
		return picture{}, ctx.Err()
	}
	p, err := decode()
	if err != nil {
		return picture{}, err
	}
	p.width, p.height = p.height, p.width
	<-r.slots
	return p, nil
}

// Where it cannot be taken at once, there is nothing to give back.
func (r *renderer) try(decode func() (picture, error)) (picture, bool) {
	select {
	case r.slots <- struct{}{}: // want "not given back at the return on line 60"
		p, err := decode()
		if err != nil {
			return picture{}, false
		}
		<-r.slots
		return p, true
	default:
		return picture{}, false
	}
}

func (r *renderer) all(decoders []func() (picture, error)) (total int) {
	for _, decode := range decoders {
		r.slots <- struct{}{} // want "The next turn of the loop takes another slot from `r.slots` without `<-r.slots`"
		p, err := decode()
		if err != nil {
			continue
		}
		total += p.width * p.height
		<-r.slots
	}
	return total
}

// A loop that is left keeps the slot of its last turn.
func (r *renderer) until(decoders []func() (picture, error)) {
	for _, decode := range decoders {
		r.slots <- struct{}{} // want "not given back when the function ends on line 91, because one way there has no `<-r.slots`"
		if _, err := decode(); err != nil {
			break
		}
		<-r.slots
	}
}

// permits are filled at the start: here a receive takes one.
type permits struct {
	free chan bool
}

func newPermits(n int) *permits {
	p := &permits{free: make(chan bool, n)}
	for i := 0; i < n; i++ {
		p.free <- true
	}
	return p
}

func (p *permits) do(check, work func() error) error {
	<-p.free // want "The slot taken from `p.free` is not given back at the return on line 109, where `p.free <- true` is missing"
	if err := check(); err != nil {
		return err
	}
	err := work()
	p.free <- true
	return err
}

var uploads = make(chan struct{}, 4)

// The goroutine gives back what was taken for it: nobody does for an empty name.
func uploadAll(names []string, upload func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		uploads <- struct{}{} // want "The next turn of the loop takes another slot from `uploads`"
		if name == "" {
			continue
		}
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			defer func() { <-uploads }()
			upload(name)
		}(name)
	}
	wg.Wait()
}

// Goroutines share a variable of the function.
func fetchAll(urls []string, fetch func(string) (string, error)) []string {
	sem := make(chan struct{}, 8)
	results := make([]string, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{} // want "The slot taken from `sem` is not given back at the return on line 148"
			body, err := fetch(url)
			if err != nil {
				return
			}
			results[i] = body
			<-sem
		}()
	}
	wg.Wait()
	return results
}

// The function itself waits for the slots that it has forgotten.
func startAll(jobs []func(), skip func(int) bool) {
	sem := make(chan struct{}, 3)
	var wg sync.WaitGroup
	for i, job := range jobs {
		sem <- struct{}{} // want "The next turn of the loop takes another slot from `sem`"
		if skip(i) {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
			<-sem
		}()
	}
	wg.Wait()
}

// A helper gives it back on one way only.
type gate struct {
	tokens chan struct{}
	closed bool
}

func newGate() *gate {
	return &gate{tokens: make(chan struct{}, 2)}
}

func (g *gate) pass(run func() error) error {
	leave := func() { <-g.tokens }
	g.tokens <- struct{}{} // want "not given back at the return on line 195"
	if g.closed {
		leave()
		return errors.New("closed")
	}
	if err := run(); err != nil {
		return err
	}
	leave()
	return nil
}

// A mutex that can be waited for with a context: filled at the start.
type turn struct {
	free chan struct{}
}

func newTurn() *turn {
	t := &turn{free: make(chan struct{}, 1)}
	t.free <- struct{}{}
	return t
}

func (t *turn) do(ctx context.Context, check func() bool, work func()) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.free: // want "not given back at the return on line 219, where `t.free <- struct{}{}` is missing"
	}
	if !check() {
		return errTooLarge
	}
	work()
	t.free <- struct{}{}
	return nil
}

// The goroutine that is to give back what was taken for it returns early.
func (r *renderer) preload(names []string, load func(string) error, report func(string, error)) {
	var wg sync.WaitGroup
	for _, name := range names {
		r.slots <- struct{}{} // want "The slot taken from `r.slots` is not given back at the return on line 236"
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := load(name); err != nil {
				report(name, err)
				return
			}
			<-r.slots
		}()
	}
	wg.Wait()
}

func checkAll(links []string, limit int, head func(string) (int, error)) (broken []string) {
	slots := make(chan struct{}, limit)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, link := range links {
		slots <- struct{}{} // want "The slot taken from `slots` is not given back at the return on line 255"
		wg.Add(1)
		go func(link string) {
			defer wg.Done()
			status, err := head(link)
			if err != nil {
				return
			}
			if status >= 400 {
				mu.Lock()
				broken = append(broken, link)
				mu.Unlock()
			}
			<-slots
		}(link)
	}
	wg.Wait()
	return broken
}
