package fixed

import (
	"context"
	"errors"
)

type record struct {
	offset int64
	valid  bool
}

type partition struct {
	id     int
	length int64
}

type consumer struct {
	partitions []partition
	offsets    map[int]int64
}

// read sends the records of a partition until the context ends.
func (p partition) read(ctx context.Context, from int64) <-chan record {
	out := make(chan record)
	go func() {
		defer close(out)
		for offset := from; offset < p.length; offset++ {
			r := record{offset: offset, valid: offset != 2}
			select {
			case out <- r:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (c *consumer) consume(ctx context.Context, p partition) error {
	for r := range p.read(ctx, c.offsets[p.id]) {
		if !r.valid {
			return errors.New("record is damaged")
		}
		c.offsets[p.id] = r.offset + 1
	}
	return ctx.Err()
}

func (c *consumer) consumeAll(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, p := range c.partitions {
		if err := c.consume(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// Run consumes two partitions; the second has a damaged record.
func Run() {
	c := &consumer{
		partitions: []partition{{id: 0, length: 2}, {id: 1, length: 9}},
		offsets:    make(map[int]int64),
	}
	_ = c.consumeAll(context.Background())
}
