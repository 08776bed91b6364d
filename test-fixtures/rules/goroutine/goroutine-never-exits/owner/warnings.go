// Package owner starts goroutines for things that end, and for things that nothing says should.
package owner

import (
	"context"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

func beat(name string) {
	for {
		log.Print(name)
		time.Sleep(time.Minute)
	}
}

// The work can be cancelled.
func importAll(ctx context.Context) error {
	go beat("import") // want "goroutine-never-exits"
	<-ctx.Done()
	return ctx.Err()
}

func withLocalContext() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	func() {
		go beat("captured") // want "goroutine-never-exits"
	}()
	<-ctx.Done()
}

func logRequest(r *http.Request) {
	go beat(r.URL.Path) // want "goroutine-never-exits"
}

// Pool has an owner who ends it.
type Pool struct{ idle []net.Conn }

func NewPool() *Pool {
	p := &Pool{}
	go p.shrink() // want "goroutine-never-exits"
	return p
}

func (p *Pool) shrink() {
	for {
		p.idle = p.idle[:0]
		time.Sleep(time.Minute)
	}
}

func (p *Pool) Close() error { return nil }

type Mailer struct{ queue chan string }

func (m *Mailer) start() {
	go func() { // want "goroutine-never-exits"
		for {
			log.Print(<-m.queue)
		}
	}()
}

func (m *Mailer) Stop() {}

type Hub struct{ names []string }

func (h *Hub) Run() {
	go beat(h.names[0]) // want "goroutine-never-exits"
}

func (h *Hub) Shutdown(ctx context.Context) error { return ctx.Err() }

type RPC struct{ queue chan string }

func (r *RPC) serve() {
	go r.work() // want "goroutine-never-exits"
}

func (r *RPC) work() {
	for {
		log.Print(<-r.queue)
	}
}

func (r *RPC) GracefulStop() {}

// Gateway has the methods of the type it embeds.
type Gateway struct {
	*RPC
	addr string
}

func NewGateway(addr string) *Gateway {
	g := &Gateway{RPC: &RPC{}, addr: addr}
	go func() { // want "goroutine-never-exits"
		for {
			log.Print(<-g.queue)
		}
	}()
	return g
}

// Counter can not be ended, the connections can.
type Counter struct{ bytes int }

func (c *Counter) watch(conn net.Conn) {
	go func() { // want "goroutine-never-exits"
		for {
			c.bytes++
			log.Print(conn.RemoteAddr())
			time.Sleep(time.Second)
		}
	}()
}

// One more with each connection.
func (c *Counter) Accept(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		log.Print(conn.RemoteAddr())
		go c.count() // want "goroutine-never-exits"
	}
}

func (c *Counter) count() {
	for {
		c.bytes++
		time.Sleep(time.Second)
	}
}

func (c *Counter) Each(names <-chan string) {
	for name := range names {
		log.Print(name)
		go c.count() // want "goroutine-never-exits"
	}
}

// Called by a handler.
func (c *Counter) ServeHTTP(_ http.ResponseWriter, _ *http.Request) {
	c.again()
}

func (c *Counter) again() {
	go c.count() // want "goroutine-never-exits"
}

// Whoever keeps the literal may call it often.
func (c *Counter) Hook() func() {
	return func() {
		go c.count() // want "goroutine-never-exits"
	}
}

// Somebody waits for the goroutine.
type Crew struct{ wg sync.WaitGroup }

func (c *Crew) Hire() {
	c.wg.Add(1)
	go c.toil() // want "goroutine-never-exits"
}

func (c *Crew) toil() {
	defer c.wg.Done()
	for {
		time.Sleep(time.Second)
	}
}

func (c *Crew) HireMore() {
	c.wg.Go(func() { // want "goroutine-never-exits"
		beat("more")
	})
}

// Channels that only the function knows.
func sum(values []int) (total int) {
	in, out := make(chan int), make(chan int)
	go func() { // want "goroutine-never-exits"
		for {
			out <- 2 * <-in
		}
	}()
	for _, v := range values {
		in <- v
		total += <-out
	}
	return total
}

// Literals may be started by a name.
func named(values []int) {
	in := make(chan int)
	double := func() {
		for {
			log.Print(2 * <-in)
		}
	}
	go double() // want "goroutine-never-exits"
	for _, v := range values {
		in <- v
	}
}

// An object that nobody has after the function has returned.
func Once() {
	c := &Counter{}
	go c.count() // want "goroutine-never-exits"
	time.Sleep(time.Second)
	log.Print(c.bytes)
}

// Poll starts one more with each call.
func Poll(name string) {
	go beat(name) // want "goroutine-never-exits"
}
