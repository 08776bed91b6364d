package release

import "errors"

type listener struct {
	bind  func() error
	ready chan struct{}
	err   error
}

// Whoever starts it waits until it listens: closing at the end would be too late.
func (l *listener) serve(accept func() bool) {
	if err := l.bind(); err != nil {
		l.err = err
		return
	}
	close(l.ready)
	for accept() {
	}
}

func serveOne(bind func() error, accept func() bool) error {
	l := &listener{bind: bind, ready: make(chan struct{})}
	go l.serve(accept)
	<-l.ready // want "close-skipped"
	return l.err
}

type replay struct {
	rows chan string
	err  error
}

func (r *replay) finish(err error) {
	r.err = err
	close(r.rows)
}

// What is done at the end depends on the way.
func (r *replay) run(steps []string) {
	for _, step := range steps {
		switch step {
		case "abort":
			return
		case "end":
			r.finish(nil)
			return
		}
		r.rows <- step
	}
	r.finish(errors.New("cut off"))
}

func replayAll(steps []string) (count int) {
	r := &replay{rows: make(chan string)}
	go r.run(steps)
	for range r.rows { // want "close-skipped"
		count++
	}
	return count
}

type lamp struct {
	lit chan struct{}
}

// Whether it is closed already at that return depends on what was done before.
func (l *lamp) light(early bool, bulb func() error) {
	if early {
		close(l.lit)
	}
	if bulb() != nil {
		return
	}
	if !early {
		close(l.lit)
	}
}

func wait(bulb func() error) {
	l := &lamp{lit: make(chan struct{})}
	go l.light(len(stairs) > 2, bulb)
	<-l.lit // want "close-skipped"
}

var stairs = []string{"cellar", "ground floor"}
