package cancels

import (
	"context"
	"errors"
	"os"
	"time"

	"example.com/rules/sync/wait-before-drain/gauges"
)

// Boiler is read while it is on.
type Boiler struct {
	off   context.CancelFunc
	board *gauges.Board
	log   *os.File
}

func Light(log *os.File, gauge func() int) (*Boiler, error) {
	if gauge == nil {
		return nil, errors.New("no gauge")
	}
	ctx, off := context.WithCancel(context.Background())
	b := &Boiler{off: off, board: gauges.New(time.Second), log: log}
	b.board.Start(ctx, gauge)
	return b, nil
}

func (b *Boiler) Shut() error {
	defer b.off()
	b.board.Wait() // want "`b.board.Wait\\(\\)` waits for ever: a goroutine that it waits for ends only when its context is cancelled, and the deferred `b.off\\(\\)` comes only after this call"
	return b.log.Close()
}

// The board is made before.
type Stove struct {
	board *gauges.Board
	out   context.CancelFunc
}

func Kindle(gauge func() int) *Stove {
	board := gauges.New(time.Minute)
	ctx, cancel := context.WithCancel(context.Background())
	board.Start(ctx, gauge)
	return &Stove{board: board, out: cancel}
}

func (s *Stove) Quench() {
	defer s.out()
	println("quenching")
	s.board.Wait() // want "`s.board.Wait\\(\\)` waits for ever"
}
