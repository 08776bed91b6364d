package cancels

import (
	"context"
	"time"

	"example.com/rules/sync/wait-before-drain/gauges"
)

// Cancelled first.
type Oven struct {
	off   context.CancelFunc
	board *gauges.Board
}

func HeatOven(gauge func() int) *Oven {
	ctx, off := context.WithCancel(context.Background())
	o := &Oven{off: off, board: gauges.New(time.Second)}
	o.board.Start(ctx, gauge)
	return o
}

func (o *Oven) Shut() {
	o.off()
	o.board.Wait()
}

// What is deferred last comes first.
type Grill struct {
	off   context.CancelFunc
	board *gauges.Board
}

func HeatGrill(gauge func() int) *Grill {
	ctx, off := context.WithCancel(context.Background())
	g := &Grill{off: off, board: gauges.New(time.Second)}
	g.board.Start(ctx, gauge)
	return g
}

func (g *Grill) Shut() {
	defer g.board.Wait()
	defer g.off()
	println("off")
}

// The context of the caller ends it as well.
type Smoker struct {
	off   context.CancelFunc
	board *gauges.Board
}

func HeatSmoker(ctx context.Context, gauge func() int) *Smoker {
	ctx, off := context.WithCancel(ctx)
	s := &Smoker{off: off, board: gauges.New(time.Second)}
	s.board.Start(ctx, gauge)
	return s
}

func (s *Smoker) Shut() {
	defer s.off()
	s.board.Wait()
}

// Somebody else cancels, too.
type Kettle struct {
	off   context.CancelFunc
	board *gauges.Board
}

func HeatKettle(gauge func() int) *Kettle {
	ctx, off := context.WithCancel(context.Background())
	k := &Kettle{off: off, board: gauges.New(time.Second)}
	k.board.Start(ctx, gauge)
	return k
}

func (k *Kettle) Boiled() { k.off() }

func (k *Kettle) Shut() {
	defer k.off()
	k.board.Wait()
}

// There is a deadline.
type Toaster struct {
	off   context.CancelFunc
	board *gauges.Board
}

func HeatToaster(gauge func() int) *Toaster {
	ctx, off := context.WithTimeout(context.Background(), time.Minute)
	t := &Toaster{off: off, board: gauges.New(time.Second)}
	t.board.Start(ctx, gauge)
	return t
}

func (t *Toaster) Shut() {
	defer t.off()
	t.board.Wait()
}

// Something else ends what it waits for.
type Alarm struct {
	off   context.CancelFunc
	siren *gauges.Siren
}

func Warn() *Alarm {
	ctx, off := context.WithCancel(context.Background())
	a := &Alarm{off: off, siren: gauges.NewSiren()}
	a.siren.Start(ctx)
	return a
}

func (a *Alarm) Shut() {
	defer a.off()
	a.siren.Wait()
}

// Another board may take the place of the one that was started.
type Range struct {
	off   context.CancelFunc
	board *gauges.Board
}

func HeatRange(gauge func() int) *Range {
	ctx, off := context.WithCancel(context.Background())
	r := &Range{off: off, board: gauges.New(time.Second)}
	r.board.Start(ctx, gauge)
	return r
}

func (r *Range) Replace(board *gauges.Board) { r.board = board }

func (r *Range) Shut() {
	defer r.off()
	r.board.Wait()
}
