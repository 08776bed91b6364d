// Package weigh asks the goroutines of a scale, which take each question once.
package weigh

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("the scale is closed")

type question struct {
	item   string
	weight chan int
}

// Scale has some pans.
type Scale struct {
	read      func(item string) int
	questions chan *question
	quit      chan struct{}
	pans      sync.WaitGroup
}

// NewScale starts the goroutines.
func NewScale(pans int, read func(item string) int) *Scale {
	s := &Scale{read: read, questions: make(chan *question), quit: make(chan struct{})}
	s.pans.Add(pans)
	for range pans {
		go s.pan()
	}
	return s
}

func (s *Scale) pan() {
	defer s.pans.Done()
	for {
		select {
		case q := <-s.questions:
			q.weight <- s.read(q.item) // want "abandoned-send: nobody is left who could receive from `q.weight`"
		case <-s.quit:
			return
		}
	}
}

// Weigh asks for the weight of an item.
func (s *Scale) Weigh(ctx context.Context, item string) (int, error) {
	// The answer comes from a pan.
	q := &question{item: item, weight: make(chan int)}
	select {
	case s.questions <- q:
	case <-s.quit:
		return 0, errClosed
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case w := <-q.weight:
		return w, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Close ends the goroutines.
func (s *Scale) Close() {
	close(s.quit)
	s.pans.Wait()
}
