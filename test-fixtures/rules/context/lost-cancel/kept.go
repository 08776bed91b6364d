package lostcancel

import (
	"context"
	"time"
)

type renewer struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   bool
}

// NewRenewer is called by whoever likes.
func NewRenewer() *renewer {
	r := &renewer{}
	r.ctx, r.cancel = context.WithCancel(context.Background()) // want "lost-cancel: the cancel function of `context.WithCancel` is kept in `r.cancel`, which nothing reads"
	return r
}

func (r *renewer) renew(every time.Duration, do func()) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-r.ctx.Done():
			return
		case <-t.C:
			do()
		}
	}
}

// Close forgets what would end the goroutine.
func (r *renewer) Close() { r.done = true }

type lookup struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// NewLookup keeps what it does not need.
func NewLookup(parent context.Context) *lookup {
	ctx, cancel := context.WithCancel(parent)
	return &lookup{ctx: ctx, cancel: cancel} // want "lost-cancel: the cancel function of `context.WithCancel` is kept in `lookup.cancel`, which nothing reads"
}

func (l *lookup) run(do func(context.Context) error) error { return do(l.ctx) }

type sessions struct {
	cancels map[string]context.CancelFunc
	limits  map[string]context.CancelFunc
}

func (s *sessions) begin(parent context.Context, name string) context.Context {
	ctx, cancel := context.WithCancel(parent)
	s.cancels[name] = cancel // want "lost-cancel: the cancel function of `context.WithCancel` is kept in `s.cancels`, which nothing reads"
	return ctx
}

// What is deleted is not called.
func (s *sessions) end(name string) { delete(s.cancels, name) }

func (s *sessions) limit(parent context.Context, name string) context.Context {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	s.limits[name] = cancel
	return ctx
}

func (s *sessions) lift(name string) {
	if cancel, ok := s.limits[name]; ok {
		cancel()
	}
}

// Watch is for others: an exported field belongs to everybody.
type Watch struct {
	Cancel context.CancelFunc
	ctx    context.Context
}

// NewWatch leaves that to its caller.
func NewWatch(parent context.Context) *Watch {
	w := &Watch{}
	w.ctx, w.Cancel = context.WithCancel(parent)
	return w
}

func (w *Watch) wait() { <-w.ctx.Done() }

type probe struct {
	ctx  context.Context
	stop context.CancelFunc
}

// NewProbe has a context that nothing holds and nobody waits for.
func NewProbe() *probe {
	p := &probe{}
	p.ctx, p.stop = context.WithCancel(context.Background())
	return p
}

func (p *probe) alive() bool { return p.ctx.Err() == nil }

type heldJob struct {
	cancel context.CancelFunc
}

// StartJob hands on the whole value, and its field is called there.
func StartJob(parent context.Context, do func(context.Context)) *heldJob {
	ctx, cancel := context.WithCancel(parent)
	go do(ctx)
	return &heldJob{cancel: cancel}
}

func stopAll(jobs []*heldJob) {
	for _, j := range jobs {
		defer j.cancel()
	}
}

var processCtx, processCancel = context.WithCancel(context.Background())

// What belongs to the process ends with it.
func waitForProcess() { <-processCtx.Done() }
