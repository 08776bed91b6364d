package ignoredloadorstore

import (
	"net"
	"sync"
)

type entry struct {
	once sync.Once
	conn net.Conn
}

// The flag is looked at.
func checked(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	actual, loaded := conns.LoadOrStore(addr, conn)
	if loaded {
		conn.Close()
	}
	return actual.(net.Conn), nil
}

// What is kept is compared with what was made.
func compared(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	actual, _ := conns.LoadOrStore(addr, conn)
	if actual != conn {
		conn.Close()
	}
	return actual.(net.Conn), nil
}

// Nothing is to be released.
func plain(m *sync.Map, key string) *entry {
	e, _ := m.LoadOrStore(key, &entry{})
	return e.(*entry)
}

func mutex(m *sync.Map, key string) *sync.Mutex {
	mu, _ := m.LoadOrStore(key, new(sync.Mutex))
	return mu.(*sync.Mutex)
}

// Closed whatever happens.
func closed(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	conns.LoadOrStore(addr, conn)
	return nil
}

var mu sync.Mutex

// Nobody else can store in the meantime.
func locked(name string, p *pool) *worker {
	mu.Lock()
	defer mu.Unlock()
	if w, ok := p.workers.Load(name); ok {
		return w.(*worker)
	}
	w, _ := p.workers.LoadOrStore(name, newWorker())
	return w.(*worker)
}

// A constructor that starts nothing.
func newEntry() *entry { return &entry{} }

func built(m *sync.Map, key string) *entry {
	e, _ := m.LoadOrStore(key, newEntry())
	return e.(*entry)
}

// A goroutine that ends by itself.
func newWarm(conn net.Conn) *entry {
	e := &entry{conn: conn}
	go func() { e.once.Do(func() {}) }()
	return e
}

func warm(m *sync.Map, key string, conn net.Conn) *entry {
	e, _ := m.LoadOrStore(key, newWarm(conn))
	return e.(*entry)
}

// A method of the same name of another type.
type cache struct{}

func (cache) LoadOrStore(key string, conn net.Conn) (net.Conn, bool) { return conn, false }

func other(c cache, addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	kept, _ := c.LoadOrStore(addr, conn)
	return kept, nil
}
