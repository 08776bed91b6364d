package leaky

import (
	"context"
	"time"
)

type hasty struct {
	quit func()
	sent chan Message
}

// Send has the caller give up as soon as the answer is under way.
func (h *hasty) Send(m Message) error {
	h.sent <- m
	h.quit()
	time.Sleep(20 * time.Millisecond)
	return nil
}

func (h *hasty) Receive() (Message, error) {
	m, ok := <-h.sent
	if !ok {
		return Message{}, ErrGone
	}
	return m, nil
}

func (h *hasty) Hang() { close(h.sent) }

// Drive gives up many questions whose answers have come.
func Drive() {
	h := &hasty{sent: make(chan Message)}
	c := NewClient(h)
	for range 20 {
		ctx, cancel := context.WithCancel(context.Background())
		h.quit = cancel
		if _, err := c.Ask(ctx, "rain?"); err != nil {
			break
		}
	}
	c.Close()
}
