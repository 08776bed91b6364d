// Package sluice uses what another package starts.
package sluice

import (
	"context"
	"errors"
	"fmt"

	"example.com/rules/goroutine/start-without-stop/weir"
)

type keeper struct {
	river *weir.River
}

func (k *keeper) watch(ctx context.Context, show func(int) error) error {
	board := k.river.Put() // want "`k.river.Put` leaves a goroutine running, the function ends on line \\d+ without `board.Close\\(\\)`"
	if err := show(0); err != nil {
		return err
	}
	for {
		select {
		case level := <-board.Levels:
			if err := show(level); err != nil {
				return err
			}
		case <-ctx.Done():
			board.Close()
			return nil
		}
	}
}

func empty(ctx context.Context, find func() (int, error)) error {
	pump, err := weir.Lift(ctx, 3) // want "`weir.Lift` leaves a goroutine running, the function ends on line \\d+ without `pump.Stop\\(\\)`"
	if errors.Is(err, weir.ErrDry) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("pump: %w", err)
	}
	depth, err := find()
	if err != nil {
		return err
	}
	defer pump.Stop()
	fmt.Println(depth)
	return nil
}
