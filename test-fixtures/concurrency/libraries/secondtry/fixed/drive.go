package fixed

import (
	"errors"
	"time"
)

// Drive fills the room while the first letter waits for its second try.
func Drive() {
	m := NewMailer(1, 30*time.Millisecond, func(string) error { return errors.New("moved") })
	m.Post("ada")
	time.Sleep(10 * time.Millisecond)
	m.Post("bob")
	time.Sleep(60 * time.Millisecond)
	m.Stop()
}
