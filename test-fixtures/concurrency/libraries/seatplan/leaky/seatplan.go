// Package leaky loads the plan of each hall once for all who ask at the same time.
package leaky

import (
	"errors"
	"sync"
)

// Source knows the plans.
type Source interface {
	Plan(hall string) (string, error)
}

type request struct {
	ready chan struct{}
	plan  string
	err   error
}

// Plans keeps requests that are under way.
type Plans struct {
	source Source

	mu       sync.Mutex
	underway map[string]*request
}

// NewPlans asks a source.
func NewPlans(source Source) *Plans {
	return &Plans{source: source, underway: make(map[string]*request)}
}

var errEmpty = errors.New("the plan is empty")

// Plan gives the plan of a hall.
func (p *Plans) Plan(hall string) (string, error) {
	p.mu.Lock()
	if r, ok := p.underway[hall]; ok {
		p.mu.Unlock()
		<-r.ready // blocked: close-skipped|receive-without-sender
		return r.plan, r.err
	}
	r := &request{ready: make(chan struct{})}
	p.underway[hall] = r
	p.mu.Unlock()

	r.plan, r.err = p.source.Plan(hall)
	if r.err != nil {
		p.finish(hall, r)
		return "", r.err
	}
	if r.plan == "" {
		r.err = errEmpty
		return "", r.err
	}
	p.finish(hall, r)
	return r.plan, nil
}

func (p *Plans) finish(hall string, r *request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.underway, hall)
	close(r.ready)
}
