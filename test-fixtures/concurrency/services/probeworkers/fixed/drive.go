package fixed

import (
	"sync/atomic"
	"time"
)

type shortLived struct {
	probes atomic.Int32
}

func (s *shortLived) Probe(string) Health {
	if s.probes.Add(1) > 2 {
		return Gone
	}
	return Healthy
}

// Drive removes a container that has exited by itself.
func Drive() {
	m := NewManager(&shortLived{}, 10*time.Millisecond)
	m.Add("web-0")
	time.Sleep(300 * time.Millisecond)
	m.Remove("web-0")
}
