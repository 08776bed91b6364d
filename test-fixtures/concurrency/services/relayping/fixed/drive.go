package fixed

import "time"

type partition struct{}

func (partition) Ping(relay, _ string, timeout time.Duration) bool {
	if relay == "" {
		return false
	}
	time.Sleep(timeout / 2)
	return true
}

// Drive probes a member that only others can reach.
func Drive() {
	d := NewDetector(Config{Timeout: 50 * time.Millisecond, Relays: 5}, partition{}, "a", "b", "c", "d", "e", "f")
	d.Alive("c")
}
