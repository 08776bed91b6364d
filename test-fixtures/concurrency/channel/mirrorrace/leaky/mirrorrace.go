package leaky

import (
	"errors"
	"fmt"
)

type mirror struct {
	name  string
	fetch func(path string) ([]byte, error)
}

type hit struct {
	from string
	body []byte
}

type client struct {
	mirrors []mirror
	seen    map[string]int
}

// race asks all mirrors and takes the first that has the file.
func (c *client) race(path string) (hit, error) {
	hits := make(chan hit)
	errs := make(chan error)
	for _, m := range c.mirrors {
		go func() {
			body, err := m.fetch(path)
			if err != nil {
				errs <- fmt.Errorf("%s: %w", m.name, err) // blocked: surplus-senders
				return
			}
			hits <- hit{m.name, body} // blocked: surplus-senders
		}()
	}
	var failed []error
	for range c.mirrors {
		select {
		case h := <-hits:
			return h, nil
		case err := <-errs:
			failed = append(failed, err)
		}
	}
	return hit{}, errors.Join(failed...)
}

func (c *client) get(path string) error {
	h, err := c.race(path)
	if err != nil {
		return err
	}
	c.seen[h.from] += len(h.body)
	return nil
}

// Run fetches a file that two mirrors have, while a third is slow to fail.
func Run() {
	served := make(chan struct{})
	have := func(path string) ([]byte, error) { return []byte("notes of " + path), nil }
	reset := func(string) ([]byte, error) {
		<-served
		return nil, errors.New("connection reset")
	}
	c := &client{
		mirrors: []mirror{{"eu", have}, {"us", have}, {"ap", reset}},
		seen:    map[string]int{},
	}
	_ = c.get("/release")
	close(served)
}
