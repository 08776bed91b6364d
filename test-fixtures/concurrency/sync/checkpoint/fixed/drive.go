package fixed

import "time"

// Drive makes a checkpoint that is written before the old files are gone.
func Drive() {
	s := New()
	s.Set("color", "green")
	_, _ = s.Checkpoint(func() error {
		time.Sleep(100 * time.Millisecond)
		return nil
	})
}
