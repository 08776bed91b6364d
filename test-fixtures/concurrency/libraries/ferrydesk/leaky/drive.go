package leaky

import "errors"

type mute struct{}

func (mute) Greet() error { return errors.New("silence") }
func (mute) Hang()        {}

// Drive calls a harbour that does not greet, once more than there are seats.
func Drive() {
	d := NewDesk(2, func() (Line, error) { return mute{}, nil })
	for range 3 {
		if c, err := d.Take(); err == nil {
			d.Leave(c)
		}
	}
}
