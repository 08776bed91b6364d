package contextinstruct

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"os/exec"
)

type Store struct {
	ctx context.Context // want "context-in-struct: `Store` keeps the context of whoever made it: `Delete` works under that one"
	db  *sql.DB
}

func NewStore(ctx context.Context, db *sql.DB) *Store { return &Store{ctx: ctx, db: db} }

func (s *Store) Delete(id int) error {
	_, err := s.db.ExecContext(s.ctx, "DELETE FROM items WHERE id = ?", id)
	return err
}

func (s *Store) Close() error { return s.db.Close() }

type Dialer struct {
	base   context.Context // want "context-in-struct: `Dialer` .*`Dial`"
	dialer net.Dialer
}

func NewDialer(ctx context.Context) *Dialer {
	d := &Dialer{}
	d.base = ctx
	return d
}

func (d *Dialer) Dial(addr string) (net.Conn, error) {
	return d.dialer.DialContext(d.base, "tcp", addr)
}

func (d *Dialer) Stop() {}

type Fetcher struct {
	client *http.Client
	ctx    context.Context // want "context-in-struct: .*`Fetch`"
}

func NewFetcher(c *http.Client, ctx context.Context) Fetcher { return Fetcher{client: c, ctx: ctx} }

func (f Fetcher) Fetch(url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(f.ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return f.client.Do(req)
}

func (f Fetcher) Close() { f.client.CloseIdleConnections() }

type Runner struct {
	name string
	ctx  context.Context // want "context-in-struct: .*`Output`"
}

func NewRunner(ctx context.Context, name string) *Runner { return &Runner{name: name, ctx: ctx} }

func (r *Runner) Output(args ...string) ([]byte, error) {
	return exec.CommandContext(r.ctx, r.name, args...).Output()
}

func (r *Runner) Shutdown() {}

type embedded struct{ inner *Store }

type Cache struct {
	embedded
	ctx context.Context // want "context-in-struct: .*`Get`"
}

func NewCache(ctx context.Context, s *Store) *Cache {
	return &Cache{embedded: embedded{inner: s}, ctx: ctx}
}

func (c *Cache) Get(id int) *sql.Row { return c.inner.db.QueryRowContext(c.ctx, "SELECT 1", id) }

func (c *Cache) Close() error { return c.inner.Close() }

type Pinger struct {
	db  *sql.DB
	ctx context.Context // want "context-in-struct: .*`Ping`"
}

func NewPinger(ctx context.Context, db *sql.DB) *Pinger {
	p := Pinger{db: db}
	p.ctx = ctx
	return &p
}

func (p *Pinger) Ping() error { return p.db.PingContext(p.ctx) }

func (p *Pinger) Stop() error { return p.db.Close() }
