package fixed

import "errors"

type deaf struct{}

func (deaf) Handshake(string) error { return errors.New("access denied") }
func (deaf) Next() (Event, bool)    { return Event{}, false }

type brief struct{ left int }

func (b *brief) Handshake(string) error { return nil }
func (b *brief) Next() (Event, bool) {
	b.left--
	return Event{Topic: "t"}, b.left >= 0
}

// Drive opens one session that works and one that is refused.
func Drive() {
	_, _ = Open(&brief{left: 3}, "one", func(Event) {})
	_, _ = Open(deaf{}, "two", func(Event) {})
}
