package stalepoolobject

import (
	"context"
	"io"
	"net/http"
	"sync"
)

type job struct {
	ctx   context.Context
	count int
}

var jobs = sync.Pool{New: func() any { return new(job) }}

func Do(ctx context.Context) error {
	j := jobs.Get().(*job)
	j.ctx = ctx
	err := j.run()
	jobs.Put(j) // want hint "with .ctx. still in .j.ctx."
	return err
}

func (j *job) run() error {
	j.count++
	return j.ctx.Err()
}

type exchange struct {
	request *http.Request
	uses    int
}

var exchanges = sync.Pool{New: func() any { return new(exchange) }}

func Serve(w http.ResponseWriter, r *http.Request) {
	x := exchanges.Get().(*exchange)
	x.request = r
	if x.uses > 10 {
		exchanges.Put(x) // want "with .r. still in .x.request."
		return
	}
	x.uses++
	exchanges.Put(x)
}

func Describe() string {
	x := exchanges.Get().(*exchange)
	defer exchanges.Put(x)
	if x.request != nil {
		return x.request.URL.Path
	}
	return ""
}

type encoder struct {
	out io.Writer
	n   int
}

type codec struct {
	pool sync.Pool
}

func (c *codec) Encode(w io.Writer, text string) error {
	e := c.pool.Get().(*encoder)
	defer c.pool.Put(e) // want hint "with .w. still in .e.out."
	e.out = w
	return e.write(text)
}

func (e *encoder) write(text string) error {
	n, err := io.WriteString(e.out, text)
	e.n += n
	return err
}

type answer struct {
	to http.ResponseWriter
}

var answers = sync.Pool{New: func() any { return &answer{} }}

func Answer(w http.ResponseWriter, code int) {
	a := answers.Get().(*answer)
	a.to = w
	a.to.WriteHeader(code)
	answers.Put(a) // want hint "with .w. still in .a.to."
}

type window struct {
	data []byte
	at   int
}

var windows = sync.Pool{New: func() any { return new(window) }}

func Scan(data []byte) int {
	w := windows.Get().(*window)
	if len(data) > 0 {
		w.data = data
	}
	n := len(w.data)
	windows.Put(w) // want "with .data. still in .w.data."
	return n
}

type source struct {
	in  io.Reader
	buf [512]byte
}

var sources = sync.Pool{New: func() any { return new(source) }}

func Read(r io.Reader) (int, error) {
	s := sources.Get().(*source)
	s.in = r
	n, err := s.in.Read(s.buf[:])
	// One more for the next reader.
	sources.Put(s) // want hint "with .r. still in .s.in."
	return n, err
}

type late struct {
	ctx context.Context
	n   int
}

var lates = sync.Pool{New: func() any { return new(late) }}

func Late(ctx context.Context, skip bool) error {
	l := lates.Get().(*late)
	if skip {
		lates.Put(l)
		return nil
	}
	l.ctx = ctx
	err := l.ctx.Err()
	lates.Put(l) // want hint "with .ctx. still in .l.ctx."
	return err
}
