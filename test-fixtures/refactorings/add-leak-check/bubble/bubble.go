package bubble

import (
	"net"
	"time"
)

// Ticker sends until it is told to stop.
type Ticker struct {
	C    chan int
	stop chan struct{}
}

func NewTicker(every time.Duration) *Ticker {
	t := &Ticker{C: make(chan int), stop: make(chan struct{})}
	go t.run(every)
	return t
}

func (t *Ticker) run(every time.Duration) {
	for i := 0; ; i++ {
		select {
		case <-time.After(every):
			t.C <- i
		case <-t.stop:
			return
		}
	}
}

func (t *Ticker) Stop() { close(t.stop) }

func Serve(l net.Listener) {
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
}

func Double(n int) int { return 2 * n }
