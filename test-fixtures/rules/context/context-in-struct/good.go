package contextinstruct

import (
	"context"
	"database/sql"
	"net/http"
)

// Belongs to one task: nothing ends it.
type task struct {
	ctx context.Context
	db  *sql.DB
}

func newTask(ctx context.Context, db *sql.DB) *task { return &task{ctx: ctx, db: db} }

func (t *task) Do() error { return t.db.PingContext(t.ctx) }

// Has a life of its own.
type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
	db     *sql.DB
}

func newWorker(ctx context.Context, db *sql.DB) *worker {
	ctx, cancel := context.WithCancel(ctx)
	return &worker{ctx: ctx, cancel: cancel, db: db}
}

func (w *worker) Ping() error { return w.db.PingContext(w.ctx) }

func (w *worker) Close() { w.cancel() }

// Belongs to a request.
type exchange struct {
	ctx context.Context
	w   http.ResponseWriter
	db  *sql.DB
}

func newExchange(ctx context.Context, w http.ResponseWriter, db *sql.DB) *exchange {
	return &exchange{ctx: ctx, w: w, db: db}
}

func (e *exchange) Ping() error { return e.db.PingContext(e.ctx) }

func (e *exchange) Close() {}

// The context is nobody's.
type plain struct {
	ctx context.Context
	db  *sql.DB
}

func newPlain(db *sql.DB) *plain { return &plain{ctx: context.Background(), db: db} }

func (p *plain) Ping() error { return p.db.PingContext(p.ctx) }

func (p *plain) Close() error { return p.db.Close() }

// Callers bring their own.
type both struct {
	ctx context.Context
	db  *sql.DB
}

func newBoth(ctx context.Context, db *sql.DB) *both { return &both{ctx: ctx, db: db} }

func (b *both) Ping(ctx context.Context) error {
	if b.ctx.Err() != nil {
		return b.ctx.Err()
	}
	return b.db.PingContext(ctx)
}

func (b *both) Close() error { return b.db.Close() }

// It is what the object runs under.
type loop struct {
	ctx context.Context
	db  *sql.DB
}

func newLoop(ctx context.Context, db *sql.DB) *loop { return &loop{ctx: ctx, db: db} }

func (l *loop) Run() error { return l.db.PingContext(l.ctx) }

func (l *loop) Stop() error { return l.db.Close() }

// Whoever has it may replace the context.
type Options struct {
	Ctx context.Context
	DB  *sql.DB
}

func NewOptions(ctx context.Context, db *sql.DB) *Options { return &Options{Ctx: ctx, DB: db} }

func (o *Options) Ping() error { return o.DB.PingContext(o.Ctx) }

func (o *Options) Close() error { return o.DB.Close() }

// A stream is for one use, and its interface leaves no place for a context.
type stream struct {
	ctx  context.Context
	next func(ctx context.Context, p []byte) (int, error)
}

func newStream(ctx context.Context, next func(context.Context, []byte) (int, error)) *stream {
	return &stream{ctx: ctx, next: next}
}

func (s *stream) Read(p []byte) (int, error) { return s.next(s.ctx, p) }

func (s *stream) Close() error { return nil }
