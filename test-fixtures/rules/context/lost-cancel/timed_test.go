package lostcancel

import (
	"context"
	"testing"
	"time"
)

// The deadline ends it, and only its timer is there until then.
func TestDeadline(t *testing.T) {
	ctx, _ := context.WithTimeout(context.Background(), time.Second) // want hint "lost-cancel: .* is discarded"
	if err := work(ctx); err != nil {
		t.Error(err)
	}
}

// One more on each turn.
func TestOften(t *testing.T) {
	for range 1000 {
		ctx, _ := context.WithTimeout(context.Background(), time.Hour) // want "lost-cancel: .* is discarded"
		if err := work(ctx); err != nil {
			t.Error(err)
		}
	}
}

// The parent holds it, too.
func TestParent(t *testing.T) {
	ctx, _ := context.WithTimeout(t.Context(), time.Second) // want "lost-cancel: .* is discarded"
	if err := work(ctx); err != nil {
		t.Error(err)
	}
}

// Nothing but a call ends it.
func TestWithoutDeadline(t *testing.T) {
	ctx, _ := context.WithCancel(t.Context()) // want "lost-cancel: .* is discarded"
	if err := work(ctx); err != nil {
		t.Error(err)
	}
}
