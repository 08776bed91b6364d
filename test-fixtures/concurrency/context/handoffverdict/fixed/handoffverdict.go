package fixed

import (
	"context"
	"fmt"
)

type volume struct {
	name   string
	blocks int
}

type move struct {
	volume  volume
	copied  int
	outcome chan error
}

func (m *move) aborted(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

// run copies block by block and looks at the context after each.
func (m *move) run(ctx context.Context, copyBlock func(int)) {
	for block := range m.volume.blocks {
		copyBlock(block)
		m.copied++
		if m.aborted(ctx) {
			m.outcome <- fmt.Errorf("%s: stopped after %d blocks: %w", m.volume.name, m.copied, ctx.Err())
			return
		}
	}
	m.outcome <- nil
}

func migrate(ctx context.Context, v volume, copyBlock func(int)) error {
	m := &move{volume: v, outcome: make(chan error)}
	go m.run(ctx, copyBlock)
	return <-m.outcome
}

// Run moves a small volume and one that is so big that the move is stopped.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	budget := 10
	spend := func(int) {
		if budget--; budget == 0 {
			cancel()
		}
	}
	for _, v := range []volume{{"logs", 4}, {"images", 100}} {
		if err := migrate(ctx, v, spend); err != nil {
			return
		}
	}
}
