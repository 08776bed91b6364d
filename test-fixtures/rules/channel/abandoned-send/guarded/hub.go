package guarded

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

type Client struct {
	name string
	out  chan string
}

// Hub ends with a context, and says so by done. Two of three senders listen.
type Hub struct {
	join  chan *Client
	leave chan *Client
	lines chan string
	done  chan struct{}
}

func NewHub() *Hub {
	return &Hub{
		join:  make(chan *Client),
		leave: make(chan *Client),
		lines: make(chan string),
		done:  make(chan struct{}),
	}
}

func (h *Hub) Run(ctx context.Context) {
	defer close(h.done)
	clients := map[*Client]bool{}
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-h.join:
			clients[c] = true
		case c := <-h.leave:
			delete(clients, c)
		case l := <-h.lines:
			for c := range clients {
				select {
				case c.out <- l:
				default:
				}
			}
		}
	}
}

func (h *Hub) Serve(c *Client, conn net.Conn) {
	select {
	case h.join <- c:
	case <-h.done:
		return
	}
	defer h.part(c)
	buf := make([]byte, 512)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		select {
		case h.lines <- string(buf[:n]):
		case <-h.done:
			return
		}
	}
}

func (h *Hub) part(c *Client) {
	h.leave <- c // want "abandoned-send: `leave` is unbuffered and the loop that receives from it may have ended at line 38: this send then blocks for ever, where the one on line 57 gives up"
}

// Announce has more to do when the line is sent.
func (h *Hub) Announce(line string) int {
	h.lines <- line // want "`lines` is unbuffered and the loop that receives from it may have ended"
	return len(line)
}

// Ask waits for an answer that would not come either.
type query struct {
	key   string
	reply chan string
}

type Store struct {
	queries chan query
	sets    chan [2]string
	quit    chan struct{}
	once    sync.Once
}

func OpenStore() *Store {
	s := &Store{queries: make(chan query), sets: make(chan [2]string), quit: make(chan struct{})}
	go s.loop()
	return s
}

func (s *Store) loop() {
	values := map[string]string{}
	for {
		select {
		case q := <-s.queries:
			q.reply <- values[q.key]
		case kv := <-s.sets:
			values[kv[0]] = kv[1]
		case <-s.quit:
			return
		}
	}
}

func (s *Store) Set(key, value string) error {
	select {
	case s.sets <- [2]string{key, value}:
		return nil
	case <-s.quit:
		return errors.New("closed")
	}
}

func (s *Store) Get(key string) (value string) {
	reply := make(chan string)
	s.queries <- query{key: key, reply: reply} // want "`queries` is unbuffered and the loop that receives from it may have ended"
	return <-reply
}

func (s *Store) Close() {
	s.once.Do(func() { close(s.quit) })
}

// The context is the value's own.
type Feed struct {
	ctx    context.Context
	cancel context.CancelFunc
	items  chan int
	resets chan struct{}
}

func NewFeed() *Feed {
	f := &Feed{items: make(chan int), resets: make(chan struct{})}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	go f.pump()
	return f
}

func (f *Feed) pump() {
	sum := 0
	for {
		select {
		case <-f.ctx.Done():
			return
		case n := <-f.items:
			sum += n
		case <-f.resets:
			sum = 0
		}
	}
}

func (f *Feed) Add(n int) {
	select {
	case f.items <- n:
	case <-f.ctx.Done():
	}
}

func (f *Feed) Reset() {
	f.resets <- struct{}{} // want "`resets` is unbuffered and the loop that receives from it may have ended"
}

func (f *Feed) Close() {
	f.cancel()
}

// A loop that ends by an error, and closes on its way out.
type writer struct {
	conn   net.Conn
	frames chan []byte
	pings  chan time.Time
	ended  chan struct{}
}

func serveConn(conn net.Conn) *writer {
	w := &writer{conn: conn, frames: make(chan []byte), pings: make(chan time.Time), ended: make(chan struct{})}
	go func() {
		for {
			select {
			case f := <-w.frames:
				if _, err := w.conn.Write(f); err != nil {
					close(w.ended)
					return
				}
			case t := <-w.pings:
				if err := w.conn.SetDeadline(t); err != nil {
					close(w.ended)
					return
				}
			}
		}
	}()
	return w
}

func (w *writer) write(f []byte) bool {
	select {
	case w.frames <- f:
		return true
	case <-w.ended:
		return false
	}
}

func (w *writer) keepAlive(until <-chan struct{}) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case t := <-tick.C:
			w.pings <- t // want "`pings` is unbuffered and the loop that receives from it may have ended"
		case <-until:
			return
		}
	}
}

func startWriter(conn net.Conn, until <-chan struct{}) {
	w := serveConn(conn)
	go w.keepAlive(until)
	w.write([]byte("hello"))
}

// Stop asks the loop to end and knows that it may have ended before; State does not.
type machine struct {
	state chan chan int
	stop  chan struct{}
	ended chan struct{}
}

func (m *machine) run() {
	steps := 0
	for {
		select {
		case reply := <-m.state:
			reply <- steps
		case <-m.stop:
			close(m.ended)
			return
		}
		steps++
	}
}

func (m *machine) State() int {
	reply := make(chan int)
	m.state <- reply // want "`state` is unbuffered and the loop that receives from it may have ended"
	return <-reply
}

func (m *machine) Stop() {
	select {
	case m.stop <- struct{}{}:
	case <-m.ended:
		return
	}
	<-m.ended
}

func observe(times int, show func(int)) {
	m := &machine{state: make(chan chan int), stop: make(chan struct{}), ended: make(chan struct{})}
	go m.run()
	go func() {
		for range times {
			show(m.State())
		}
	}()
	time.Sleep(time.Second)
	m.Stop()
}
