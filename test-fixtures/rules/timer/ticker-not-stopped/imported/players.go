//go:build go1.21

package imported

import (
	"context"

	"example.com/rules/timer/ticker-not-stopped/imported/metronome"
)

// Drum plays until the song is over.
func Drum(ctx context.Context, hit func() error) error {
	beat := metronome.Beats(120) // want "`beat` is not stopped on every way out"
	for {
		select {
		case <-beat.C:
			if err := hit(); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Clap stops what it has got.
func Clap(ctx context.Context, clap func()) {
	beat := metronome.Beats(90)
	defer beat.Stop()
	for {
		select {
		case <-beat.C:
			clap()
		case <-ctx.Done():
			return
		}
	}
}

// Hum uses what belongs to all.
func Hum(ctx context.Context, hum func()) {
	beat := metronome.Shared()
	for {
		select {
		case <-beat.C:
			hum()
		case <-ctx.Done():
			return
		}
	}
}
