package fixed

import (
	"sync/atomic"
	"time"
)

type counter struct {
	ended atomic.Int32
}

func (c *counter) SessionEnded(string) {
	c.ended.Add(1)
}

// Drive closes the registry while a session is open.
func Drive() {
	s := NewSessions(&counter{})
	s.Open("short", 20*time.Millisecond)
	s.Open("long", 300*time.Millisecond)
	time.Sleep(100 * time.Millisecond)
	s.Close()
}
