package fixed

import "time"

// Drive closes a mailbox whose actor has nothing to do.
func Drive() {
	handled := make(chan string)
	m := New[string]()
	Actor(m, func(letter string) { handled <- letter })
	m.Put("hello")
	<-handled
	time.Sleep(50 * time.Millisecond)
	m.Close()
}
