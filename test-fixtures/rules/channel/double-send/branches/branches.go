package branches

import (
	"errors"
	"fmt"
)

type sink interface {
	write(part string) error
}

type refusing struct{}

func (refusing) write(string) error {
	return errors.New("refused")
}

// `break` leaves the loop, and not the function.
func save(to sink, parts []string) error {
	done := make(chan error)
	go func() {
		for n, part := range parts {
			if err := to.write(part); err != nil {
				done <- fmt.Errorf("part %d: %w", n, err)
				break
			}
		}
		done <- nil // want "double-send"
	}()
	return <-done
}

func saveNothing() {
	_ = save(refusing{}, []string{"a"})
}

// A helper sends the first value.
type check struct {
	verdict chan error
}

func (c *check) fail(part string) {
	c.verdict <- errors.New("bad part " + part)
}

func (c *check) run(parts []string) {
	for _, part := range parts {
		if part == "" {
			c.fail(part)
		}
	}
	c.verdict <- nil // want "double-send"
}

func checked() {
	c := &check{verdict: make(chan error)}
	go c.run([]string{"a", ""})
	<-c.verdict
}
