package leaky

import "time"

// Drive lets a session leave while somebody speaks.
func Drive() {
	leaving := make(chan struct{})
	slow := func(line string) string {
		time.Sleep(50 * time.Millisecond)
		return "> " + line
	}
	room := NewRoom(slow)
	s := room.Join(func(text string) {
		close(leaving)
		slow(text)
	})
	go s.Close()
	<-leaving
	room.Say("bye")
}
