// Package skipped stamps postcards that are handed in at a counter.
package skipped

import "sync"

// Postcard is what people hand in.
type Postcard struct {
	To   string
	Text string
}

// Counter takes postcards.
type Counter struct {
	send  func(Postcard)
	cards chan Postcard
	open  sync.WaitGroup
}

// NewCounter opens a counter.
func NewCounter(send func(Postcard)) *Counter {
	c := &Counter{send: send, cards: make(chan Postcard)}
	go c.stamp()
	return c
}

// Hand gives a postcard to the counter.
func (c *Counter) Hand(card Postcard) {
	c.open.Add(1)
	c.cards <- card
}

// Close waits until all postcards have been stamped.
func (c *Counter) Close() {
	c.open.Wait()
	close(c.cards)
}

func (c *Counter) stamp() {
	for card := range c.cards {
		if card.To == "" {
			continue // want "this way drops what was received, which `c.open` counts"
		}
		c.send(card)
		c.open.Done()
	}
}
