package afterfuncleak

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

func stopped(limit time.Duration, work func() error) error {
	result := make(chan error, 2)
	timer := time.AfterFunc(limit, func() { result <- errors.New("took too long") })
	defer timer.Stop()
	go func() { result <- work() }()
	return <-result
}

func soon(work func() error) error {
	result := make(chan error, 2)
	time.AfterFunc(2*time.Second, func() { result <- errors.New("took too long") })
	go func() { result <- work() }()
	return <-result
}

type cache struct {
	mu   sync.Mutex
	data map[string]string
}

// To be done in any case.
func (c *cache) put(key, value string, ttl time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data[key] = value
	time.AfterFunc(ttl, func() {
		c.mu.Lock()
		delete(c.data, key)
		c.mu.Unlock()
	})
}

// The limit is for the whole life of the connection.
func dial(addr string, life time.Duration) (net.Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	time.AfterFunc(life, func() { c.Close() })
	return c, nil
}

// The connection belongs to the caller.
func limit(c net.Conn, life time.Duration) error {
	time.AfterFunc(life, func() { c.Close() })
	_, err := io.WriteString(c, "hello\n")
	return err
}

type session struct{ conn net.Conn }

func newSession(addr string, life time.Duration) *session {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil
	}
	time.AfterFunc(life, func() { c.Close() })
	return &session{conn: c}
}

// Nothing follows: the time is up to the other side.
func closeLater(addr string, grace time.Duration) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	_, _ = io.WriteString(c, "bye\n")
	time.AfterFunc(grace, func() { c.Close() })
}

// The handler takes what it needs.
func handle(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	time.AfterFunc(time.Minute, func() { log.Print(name) })
	w.WriteHeader(http.StatusAccepted)
}

func init() {
	late := make(chan struct{})
	time.AfterFunc(time.Hour, func() { close(late) })
	<-late
}
