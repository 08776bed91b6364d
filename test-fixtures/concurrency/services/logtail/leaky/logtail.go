// Package leaky serves the last lines of the logs of services.
package leaky

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type line struct {
	service string
	number  int
	text    string
}

type source interface {
	next(ctx context.Context, service string, number int) (string, error)
}

type files struct {
	delay time.Duration
}

func (f files) next(ctx context.Context, service string, number int) (string, error) {
	select {
	case <-time.After(f.delay):
		return fmt.Sprintf("%s: request %d served", service, number), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

type tracer struct{}

type router struct {
	source source

	mu      sync.Mutex
	tailing map[string]int
}

func newRouter(s source) *router {
	return &router{source: s, tailing: make(map[string]int)}
}

// open starts to read a log; what the context says of the request goes with it.
func (r *router) open(ctx context.Context, service string) <-chan line {
	r.mu.Lock()
	r.tailing[service]++
	r.mu.Unlock()
	lines := make(chan line, 4)
	go r.pump(context.WithoutCancel(ctx), service, lines)
	return lines
}

func (r *router) pump(ctx context.Context, service string, lines chan<- line) {
	defer r.closed(service)
	defer close(lines)
	for number := 1; ; number++ {
		text, err := r.source.next(ctx, service, number)
		if err != nil {
			return
		}
		select { // blocked: producer-outlives-consumer|abandoned-send
		case lines <- line{service: service, number: number, text: text}:
		case <-ctx.Done():
			return
		}
	}
}

func (r *router) closed(service string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tailing[service]--
}

type server struct {
	router  *router
	timeout time.Duration
}

// tail sends lines of a log to a client until it has enough of them.
func (s *server) tail(ctx context.Context, service string, limit int, send func(line) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	sent := 0
	for l := range s.router.open(ctx, service) {
		if err := send(l); err != nil {
			return fmt.Errorf("tail %s at line %d: %w", service, l.number, err)
		}
		if sent++; sent == limit {
			break
		}
	}
	return ctx.Err()
}

// Run asks for three lines of a log.
func Run() error {
	s := &server{router: newRouter(files{delay: 5 * time.Millisecond}), timeout: 2 * time.Second}
	ctx := context.WithValue(context.Background(), tracer{}, "4711")
	return s.tail(ctx, "checkout", 3, func(l line) error {
		if l.number == 0 {
			return context.Canceled
		}
		return nil
	})
}
