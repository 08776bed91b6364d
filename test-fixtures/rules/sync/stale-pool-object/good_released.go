package stalepoolobject

import (
	"bytes"
	"context"
	"net/http"
	"sync"
)

// visit forgets its request before it goes back.
type visit struct {
	request *http.Request
	out     bytes.Buffer
}

var visits = sync.Pool{New: func() any { return new(visit) }}

func beginVisit(r *http.Request) *visit {
	v := visits.Get().(*visit)
	v.request = r
	return v
}

func (v *visit) end() {
	v.request = nil
	v.out.Reset()
	visits.Put(v)
}

// stay is made anew when it is taken.
type stay struct {
	ctx  context.Context
	days int
}

var stays = sync.Pool{New: func() any { return new(stay) }}

func beginStay(ctx context.Context) *stay {
	s := stays.Get().(*stay)
	*s = stay{ctx: ctx}
	return s
}

func (s *stay) end() { stays.Put(s) }

// chunk lends its memory, which is meant to be used again.
type chunk struct{ data []byte }

var chunks = sync.Pool{New: func() any { return new(chunk) }}

func beginChunk(data []byte) *chunk {
	c := chunks.Get().(*chunk)
	c.data = data
	return c
}

func (c *chunk) end() { chunks.Put(c) }

// ticket is handed to other packages, which see to its context.
type ticket struct{ Ctx context.Context }

var tickets = sync.Pool{New: func() any { return new(ticket) }}

func beginTicket(ctx context.Context) *ticket {
	t := tickets.Get().(*ticket)
	t.Ctx = ctx
	return t
}

func (t *ticket) end() { tickets.Put(t) }

// shelf is no pool of the library.
type shelf struct{ kept []*visit }

func (s *shelf) Put(v *visit) { s.kept = append(s.kept, v) }

func (s *shelf) keep(v *visit) { s.Put(v) }
