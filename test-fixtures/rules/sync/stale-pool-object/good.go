package stalepoolobject

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
)

type cleared struct{ ctx context.Context }

var clearedPool = sync.Pool{New: func() any { return new(cleared) }}

func clears(ctx context.Context) error {
	c := clearedPool.Get().(*cleared)
	c.ctx = ctx
	err := c.ctx.Err()
	c.ctx = nil
	clearedPool.Put(c)
	return err
}

type reset struct{ ctx context.Context }

var resetPool = sync.Pool{New: func() any { return new(reset) }}

func (r *reset) Reset() { *r = reset{} }

func resets(ctx context.Context) error {
	r := resetPool.Get().(*reset)
	defer resetPool.Put(r)
	defer r.Reset()
	r.ctx = ctx
	return r.ctx.Err()
}

type zeroed struct{ ctx context.Context }

var zeroedPool = sync.Pool{New: func() any { return new(zeroed) }}

func zeroes(ctx context.Context) error {
	z := zeroedPool.Get().(*zeroed)
	z.ctx = ctx
	err := z.ctx.Err()
	*z = zeroed{}
	zeroedPool.Put(z)
	return err
}

type helped struct{ request *http.Request }

var helpedPool = sync.Pool{New: func() any { return new(helped) }}

func helps(r *http.Request) string {
	h := helpedPool.Get().(*helped)
	h.request = r
	path := h.request.URL.Path
	forget(h)
	helpedPool.Put(h)
	return path
}

func forget(h *helped) { h.request = nil }

type decoded struct{ Data []byte }

var decodedPool = sync.Pool{New: func() any { return new(decoded) }}

// Another package may set the field.
func decodes(data []byte) error {
	d := decodedPool.Get().(*decoded)
	d.Data = data
	err := json.Unmarshal(data, d)
	decodedPool.Put(d)
	return err
}

type server struct{ name string }

type worker struct {
	server *server
	label  string
}

var workerPool = sync.Pool{New: func() any { return new(worker) }}

// The server lives longer than the worker; a string is no reference to anything big.
func longLived(s *server, label string) int {
	w := workerPool.Get().(*worker)
	w.server = s
	w.label = label
	n := len(w.server.name) + len(w.label)
	workerPool.Put(w)
	return n
}

type shared struct{ ctx context.Context }

// SharedPool is open to other packages.
var SharedPool = sync.Pool{New: func() any { return new(shared) }}

func usesShared(ctx context.Context) error {
	s := SharedPool.Get().(*shared)
	s.ctx = ctx
	err := s.ctx.Err()
	SharedPool.Put(s)
	return err
}

type captured struct{ ctx context.Context }

var capturedPool = sync.Pool{New: func() any { return new(captured) }}

func captures(ctx context.Context, later func(func())) {
	c := capturedPool.Get().(*captured)
	c.ctx = ctx
	later(func() { c.ctx = nil })
	capturedPool.Put(c)
}

type base struct{ ctx context.Context }

func (b *base) drop() { b.ctx = nil }

type derived struct {
	base
	n int
}

var derivedPool = sync.Pool{New: func() any { return new(derived) }}

func promoted(ctx context.Context) error {
	d := derivedPool.Get().(*derived)
	d.ctx = ctx
	err := d.ctx.Err()
	d.drop()
	derivedPool.Put(d)
	return err
}

type notYet struct{ ctx context.Context }

var notYetPool = sync.Pool{New: func() any { return new(notYet) }}

func putBeforeSet(ctx context.Context, skip bool) *notYet {
	n := notYetPool.Get().(*notYet)
	if skip {
		notYetPool.Put(n)
		n = new(notYet)
	}
	n.ctx = ctx
	return n
}

type putOnError struct{ ctx context.Context }

var putOnErrorPool = sync.Pool{New: func() any { return new(putOnError) }}

func putOnlyBefore(ctx context.Context, skip bool) {
	p := putOnErrorPool.Get().(*putOnError)
	if skip {
		putOnErrorPool.Put(p)
		return
	}
	p.ctx = ctx
	p.serve()
}

func (p *putOnError) serve() { <-p.ctx.Done() }
