package leaky

import (
	"context"
	"time"
)

type slowMerger struct{}

func (slowMerger) Merge(ctx context.Context, older, newer Segment) (Segment, error) {
	select {
	case <-time.After(5 * time.Second):
		return Segment{ID: older.ID, Keys: append(older.Keys, newer.Keys...)}, nil
	case <-ctx.Done():
		return Segment{}, ctx.Err()
	}
}

// Drive closes a store that still merges.
func Drive() {
	s := NewStore(slowMerger{}, Segment{ID: 1, Keys: []string{"a"}}, Segment{ID: 2, Keys: []string{"b"}})
	if err := s.MergeOldest(context.Background()); err != nil {
		return
	}
	s.Close()
}
