package sendafterclose

import "io"

// Courier brings letters in the background.
type Courier struct {
	letters chan string
	gone    chan error
	closed  bool
}

// NewCourier sends a courier off.
func NewCourier(w io.Writer) *Courier {
	c := &Courier{letters: make(chan string, 8), gone: make(chan error, 1)}
	go c.walk(w)
	return c
}

func (c *Courier) walk(w io.Writer) {
	var first error
	for letter := range c.letters {
		if _, err := io.WriteString(w, letter); err != nil && first == nil {
			first = err
		}
	}
	c.gone <- first
}

func (c *Courier) hand(letter string) {
	c.letters <- letter // want "send-after-close"
}

// Post hands a letter over.
func (c *Courier) Post(letter string) {
	if !c.closed {
		c.hand(letter)
	}
}

// Close says farewell, too late.
func (c *Courier) Close() error {
	if c.closed {
		return nil
	}
	c.closed = true
	close(c.letters)
	c.hand("farewell")
	return <-c.gone
}
