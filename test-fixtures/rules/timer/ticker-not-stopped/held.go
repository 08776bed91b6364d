//go:build go1.21

package tickernotstopped

import (
	"context"
	"errors"
	"time"
)

var errCold = errors.New("oven is cold")

// sweep spaces the soundings of a sonar.
type sweep struct {
	beat  *time.Ticker
	count int
	owner string
}

func (s *sweep) wait(ctx context.Context) error {
	s.count++
	select {
	case <-s.beat.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *sweep) faster()        { s.beat.Reset(time.Second) }
func (s *sweep) over()          { s.end() }
func (s *sweep) end()           { s.beat.Stop() }
func (s *sweep) until() bool    { return s.count < 10 }
func (s *sweep) keep(f *fleet)  { f.sweeps = append(f.sweeps, s) }
func (s *sweep) follow()        { go s.run() }
func (s *sweep) pulse() *sweep  { return s }
func (s sweep) depth(d int) int { return s.count * d }

func (s *sweep) run() {
	defer s.end()
	for s.until() {
		<-s.beat.C
	}
}

type fleet struct {
	sweeps []*sweep
	last   *sweep
}

func newSweep(d time.Duration) *sweep { return &sweep{beat: time.NewTicker(d)} }

func namedSweep(name string, d time.Duration) (*sweep, error) {
	if name == "" {
		return nil, errCold
	}
	s := &sweep{owner: name}
	s.beat = time.NewTicker(d)
	return s, nil
}

func openSweep(d time.Duration) *sweep {
	beat := time.NewTicker(d)
	return &sweep{beat: beat, count: 1}
}

func (f *fleet) sweep(d time.Duration) sweep { return sweep{beat: time.NewTicker(d)} }

func (f *fleet) kept(d time.Duration) *sweep {
	s := &sweep{beat: time.NewTicker(d)}
	f.last = s
	return s
}

func emptySweep(name string) *sweep { return &sweep{owner: name} }

func SoundByValue(ctx context.Context, hit func() (bool, error)) error {
	s := sweep{beat: time.NewTicker(time.Minute)} // want "`s.beat` is not stopped on every way out: after the return on line 83 it"
	for {
		ok, err := hit()
		switch {
		case err != nil:
			return err
		case ok:
			s.over()
			return nil
		}
		if err := s.wait(ctx); err != nil {
			s.over()
			return err
		}
	}
}

func SoundByPointer(ctx context.Context, hit func() bool) error {
	s := &sweep{time.NewTicker(time.Minute), 0, "bow"} // want "`s.beat` is not stopped on every way out"
	if !hit() {
		return errCold
	}
	defer s.end()
	return s.wait(ctx)
}

func SoundDeclared(ctx context.Context, hit func() bool) error {
	var s sweep
	s.owner = "stern"
	s.beat = time.NewTicker(time.Minute) // want "`s.beat` is not stopped on every way out"
	if err := s.wait(ctx); err != nil {
		return err
	}
	s.beat.Stop()
	return nil
}

func SoundLater(ctx context.Context) error {
	s := emptySweep("port")
	s.beat = time.NewTicker(time.Minute) // want "`s.beat` is not stopped on every way out"
	for s.until() {
		if err := s.wait(ctx); err != nil {
			return err
		}
		s.faster()
	}
	s.end()
	return nil
}

func SoundMade(ctx context.Context, hit func() bool) error {
	s := newSweep(time.Minute) // want "`s.beat` is not stopped on every way out"
	if !hit() {
		return errCold
	}
	err := s.wait(ctx)
	s.over()
	return err
}

func SoundNamed(ctx context.Context) error {
	s, err := namedSweep("bow", time.Minute) // want "`s.beat` is not stopped on every way out: after the return on line 144 it"
	if err != nil {
		return err
	}
	if err := s.wait(ctx); err != nil {
		return err
	}
	s.end()
	return nil
}

func SoundOpened(ctx context.Context) error {
	s := openSweep(time.Minute) // want "`s.beat` is not stopped on every way out"
	return s.wait(ctx)
}

func (f *fleet) Sound(ctx context.Context) error {
	s := f.sweep(time.Minute) // want "`s.beat` is not stopped on every way out"
	if err := s.wait(ctx); err != nil {
		return err
	}
	s.end()
	return nil
}

func SoundAll(ctx context.Context, names []string) {
	for _, name := range names {
		s := sweep{beat: time.NewTicker(time.Second), owner: name} // want "`s.beat` is not stopped before the loop makes the next ticker"
		if s.wait(ctx) != nil {
			continue
		}
		s.end()
	}
}

// Nothing is left of these.

func SoundDeferred(ctx context.Context) error {
	s := sweep{beat: time.NewTicker(time.Minute)}
	defer s.over()
	return s.wait(ctx)
}

func SoundDeferredLater(ctx context.Context) error {
	s := &sweep{}
	defer s.end()
	s.beat = time.NewTicker(time.Minute)
	return s.wait(ctx)
}

func SoundInClosure(ctx context.Context) error {
	s := newSweep(time.Minute)
	defer func() { s.end() }()
	return s.wait(ctx)
}

func (f *fleet) SoundKept(ctx context.Context) error {
	s := &sweep{beat: time.NewTicker(time.Minute)}
	s.keep(f)
	return s.wait(ctx)
}

func (f *fleet) SoundLast(ctx context.Context) error {
	s := f.kept(time.Minute)
	return s.wait(ctx)
}

func (f *fleet) SoundKeptBefore(ctx context.Context, hit func() bool) error {
	s := &sweep{}
	f.last = s
	s.beat = time.NewTicker(time.Minute)
	if !hit() {
		return errCold
	}
	s.end()
	return nil
}

func SoundFollowed(ctx context.Context) {
	s := newSweep(time.Minute)
	s.follow()
}

func SoundAside(ctx context.Context) {
	s := sweep{beat: time.NewTicker(time.Minute)}
	go func() {
		defer s.end()
		_ = s.wait(ctx)
	}()
}

func SoundPassed(ctx context.Context, use func(*sweep)) {
	s := sweep{beat: time.NewTicker(time.Minute)}
	use(&s)
}

func SoundReturned(ctx context.Context) (*sweep, error) {
	s := newSweep(time.Minute)
	if err := s.wait(ctx); err != nil {
		s.end()
		return nil, err
	}
	return s.pulse(), nil
}

func (f *fleet) SoundAgain(ctx context.Context, n int) {
	s := &sweep{}
	for range make([]int, n) {
		s.beat = time.NewTicker(time.Minute)
		if s.wait(ctx) != nil {
			return
		}
		f.last = s
	}
}
