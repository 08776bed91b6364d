package leaky

import "fmt"

// Sink is where checkpoints go.
type Sink interface {
	Write(section string, data []byte) error
	Sync() error
}

// Section is one part of a checkpoint.
type Section struct {
	Name string
	Dump func() []byte
}

// Checkpointer writes all sections to its sink in the background.
type Checkpointer struct {
	Sink     Sink
	Sections []Section
	written  int
}

// Save writes a checkpoint and calls progress until it is done.
func (c *Checkpointer) Save(progress func()) error {
	done := make(chan error)
	go c.write(done)
	for {
		select {
		case err := <-done:
			return err
		default:
			progress()
		}
	}
}

func (c *Checkpointer) write(done chan<- error) {
	for _, section := range c.Sections {
		data := section.Dump()
		if err := c.Sink.Write(section.Name, data); err != nil {
			done <- fmt.Errorf("section %s: %w", section.Name, err)
			break
		}
		c.written += len(data)
	}
	if err := c.Sink.Sync(); err != nil {
		done <- fmt.Errorf("sync: %w", err) // blocked: double-send
		return
	}
	done <- nil // blocked: double-send
}
