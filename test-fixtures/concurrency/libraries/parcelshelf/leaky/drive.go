package leaky

import "time"

// Drive shuts a full shelf while somebody waits for room.
func Drive() {
	s := NewShelf(1)
	go s.Put("books")
	go s.Put("shoes")
	time.Sleep(50 * time.Millisecond)
	s.Close()
}
