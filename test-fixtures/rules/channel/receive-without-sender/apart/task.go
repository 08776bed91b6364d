package apart

import "errors"

type task struct {
	ended chan error
}

// Who is not there yet when it ends never hears of it.
func begin(run func() error) *task {
	t := &task{ended: make(chan error)}
	go func() {
		err := run()
		select {
		case t.ended <- err:
		default:
		}
	}()
	return t
}

// One may be inside.
type gate struct {
	free chan struct{}
}

type pass struct {
	to *gate
}

func newGate() *gate {
	g := &gate{free: make(chan struct{}, 1)}
	g.free <- struct{}{}
	return g
}

func (p *pass) leave() {
	p.to.free <- struct{}{}
}

func (g *gate) run(visit func() error) error {
	p := g.enter()
	if err := visit(); err != nil {
		return err
	}
	p.leave()
	return nil
}

func visitTwice() {
	g := newGate()
	_ = g.run(func() error { return errors.New("closed") })
	_ = g.run(func() error { return nil })
}
