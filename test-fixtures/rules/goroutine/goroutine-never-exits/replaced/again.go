package replaced

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errStopped = errors.New("stopped")

// Callers select one after the other.
type monitor struct {
	wg sync.WaitGroup

	mu     sync.Mutex
	host   string
	end    context.CancelFunc
	ended  bool
	failed int
}

func (m *monitor) Select(ctx context.Context, host string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		return errStopped
	}
	ctx, cancel := context.WithCancel(ctx)
	m.host = host
	m.end = cancel // want "the goroutine started on line 33 goes on after the next call of `Select`, until the context that it was given there ends: what cancels it was in `m.end` until here, and nobody can call that any more"
	m.wg.Add(1)
	go func() {
		defer m.wg.Done()
		m.ping(ctx, host)
	}()
	return nil
}

func (m *monitor) ping(ctx context.Context, host string) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		if host == "" {
			m.mu.Lock()
			m.failed++
			m.mu.Unlock()
		}
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		}
	}
}

func (m *monitor) Stop() {
	m.mu.Lock()
	m.ended = true
	if m.end != nil {
		m.end()
		m.end = nil
	}
	m.mu.Unlock()
	m.wg.Wait()
}

// Nothing above it ends it.
type banner struct {
	mu    sync.Mutex
	text  string
	end   context.CancelFunc
	ended bool
	out   chan string
}

func (b *banner) Show(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return
	}
	b.text = text
	ctx, end := context.WithCancel(context.Background())
	b.end = end // want "the goroutine started on line 86 never ends once `Show` is called again: its context is cancelled by the function that `b.end` held"
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case b.out <- text:
			}
		}
	}()
}

func (b *banner) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	if b.end != nil {
		b.end()
	}
}

// Callers hide it before they show another.
type panel struct {
	mu    sync.Mutex
	end   context.CancelFunc
	ended bool
	out   chan string
}

func (p *panel) Show(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	ctx, end := context.WithCancel(context.Background())
	p.end = end
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case p.out <- text:
			}
		}
	}()
}

func (p *panel) Hide() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
}

func (p *panel) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	p.end()
}

// It comes once, with the one thing that it does.
type worker struct {
	mu    sync.Mutex
	end   context.CancelFunc
	ended bool
	out   chan int
}

func (w *worker) Work() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	ctx, end := context.WithCancel(context.Background())
	w.end = end
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case w.out <- 1:
			}
		}
	}()
}

func (w *worker) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	w.end()
}

// Those that go on are called off by what counts them.
type roster struct {
	mu    sync.Mutex
	end   context.CancelFunc
	ends  []context.CancelFunc
	ended bool
	out   chan string
}

func (r *roster) Show(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		return
	}
	ctx, end := context.WithCancel(context.Background())
	r.end = end
	r.ends = append(r.ends, end)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case r.out <- text:
			}
		}
	}()
}

func (r *roster) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	for _, end := range r.ends {
		end()
	}
	r.end = nil
}
