package fixed

import "time"

// Drive swaps goods while records are slow to write.
func Drive() {
	m := &Mover{Record: func(int, int) { time.Sleep(50 * time.Millisecond) }}
	_ = m.Swap(NewShelf(1, "nails"), "nails", NewShelf(2, "bolts"), "bolts")
}
