// Package pool stands for a library of the user's own: the analysis does not see it.
package pool

import "context"

type Pool struct{}

func New(size int) *Pool { return &Pool{} }

func (p *Pool) Get(ctx context.Context) (*Conn, error) { return &Conn{}, nil }

func (p *Pool) TryGet() (*Conn, bool) { return &Conn{}, true }

func (p *Pool) Put(c *Conn) {}

func (p *Pool) Lease(name string) (*Lease, func(), error) { return &Lease{}, func() {}, nil }

type Conn struct{}

func (c *Conn) Do(command string) (string, error) { return command, nil }

func (c *Conn) Ping() error { return nil }

func (c *Conn) WithName(name string) *Conn { return c }

type Lease struct{ Handle *Handle }

type Handle struct{}

func (h *Handle) Name() string { return "" }

func (h *Handle) Free() {}

type Session struct{}

func Open(name string) *Session { return &Session{} }

func (s *Session) Send(text string) error { return nil }

func (s *Session) Flush() error { return nil }

func (s *Session) Close() {}

type Buffer struct{}

func Take() *Buffer { return &Buffer{} }

func (b *Buffer) Write(text string) error { return nil }

func Free(b *Buffer) {}

type Token struct{}

func Acquire(name string) *Token { return &Token{} }

func (t *Token) Return(ctx context.Context) error { return nil }
