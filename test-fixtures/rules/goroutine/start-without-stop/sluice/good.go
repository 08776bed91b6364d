package sluice

import (
	"context"
	"errors"
	"fmt"

	"example.com/rules/goroutine/start-without-stop/weir"
)

func (k *keeper) watched(show func(int) error) error {
	board := k.river.Put()
	defer board.Close()
	return show(<-board.Levels)
}

// What it gives back is for its callers to end.
func (k *keeper) put(show func(int) error) (*weir.Board, error) {
	board := k.river.Put()
	if err := show(0); err != nil {
		board.Close()
		return nil, err
	}
	return board, nil
}

type guard struct {
	pump   *weir.Pump
	boards []*weir.Board
}

func (g *guard) keep(ctx context.Context, river *weir.River) error {
	pump, err := weir.Lift(ctx, 2)
	if err != nil {
		return err
	}
	g.pump = pump
	board := river.Put()
	g.boards = append(g.boards, board)
	return nil
}

func (g *guard) end() {
	g.pump.Stop()
	for _, b := range g.boards {
		b.Close()
	}
}

// Nothing has been started where there is an error.
func lifted(ctx context.Context, litres int) error {
	pump, err := weir.Lift(ctx, litres)
	if errors.Is(err, weir.ErrDry) {
		return nil
	}
	if err != nil {
		return err
	}
	pump.Stop()
	return nil
}

// The context ends it as well.
func until(find func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	siphon := weir.Draw(ctx)
	if err := find(); err != nil {
		return err
	}
	siphon.Stop()
	return nil
}

// The basin closes all its gates.
func through(find func() error) error {
	basin := &weir.Basin{}
	defer basin.Drain()
	gate := basin.Open()
	if err := find(); err != nil {
		return err
	}
	gate.Close()
	return nil
}

func lent(river *weir.River, to func(*weir.Board)) {
	board := river.Put()
	if to != nil {
		to(board)
		return
	}
	board.Close()
}

func onceMore(river *weir.River) {
	for i := range 3 {
		board := river.Put()
		fmt.Println(i, <-board.Levels)
		board.Close()
	}
}
