package leaky

import "time"

// Drive calls a line while its listener leaves.
func Drive() {
	b := NewBoard()
	heard := make(chan struct{}, 64)
	l := b.Listen("harbour", func(string) {
		heard <- struct{}{}
		time.Sleep(20 * time.Millisecond)
	})
	for range 40 {
		go b.Call("harbour", "ship ahoy")
	}
	<-heard
	l.Close()
}
