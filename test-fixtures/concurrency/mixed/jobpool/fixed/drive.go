package fixed

import "time"

// Drive shuts a pool down while jobs run.
func Drive() {
	p := New(1)
	job := func() error {
		time.Sleep(30 * time.Millisecond)
		return nil
	}
	_ = p.Submit("index", job)
	_ = p.Submit("compact", job)
	p.Shutdown()
}
