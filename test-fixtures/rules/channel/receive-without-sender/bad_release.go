package receivewithoutsender

import "errors"

// A token that is handed back at the end of some ways only.
type limiter struct {
	tokens chan struct{}
}

func newLimiter() *limiter {
	l := &limiter{tokens: make(chan struct{}, 1)}
	l.tokens <- struct{}{}
	return l
}

func (l *limiter) acquire() *use {
	<-l.tokens // want "receive-without-sender"
	return &use{l}
}

type use struct {
	of *limiter
}

func (u *use) release() {
	u.of.tokens <- struct{}{}
}

func (l *limiter) run(job func() error) error {
	u := l.acquire()
	if err := job(); err != nil {
		return err
	}
	u.release()
	return nil
}

func runTwice() {
	l := newLimiter()
	_ = l.run(func() error { return errors.New("refused") })
	_ = l.run(func() error { return nil })
}
