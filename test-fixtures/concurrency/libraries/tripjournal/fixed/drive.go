package fixed

import "time"

type slowBook struct{}

func (slowBook) Enter(Trip) { time.Sleep(50 * time.Millisecond) }

// Drive closes a journal while many trips are noted.
func Drive() {
	j := Open(slowBook{})
	for range 12 {
		go func() { _ = j.Note(Trip{Car: "van", Kilometres: 12}) }()
	}
	time.Sleep(20 * time.Millisecond)
	j.Close()
}
