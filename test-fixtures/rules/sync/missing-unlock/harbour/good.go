package harbour

import (
	"errors"

	"example.com/rules/sync/missing-unlock/turnstile"
)

func (s *ship) load(number, tons int) error {
	leave := s.quay.Enter(number)
	defer leave()
	if tons > s.crew*s.hours {
		return errLate
	}
	return nil
}

func (s *ship) turn(number int) error {
	leave := s.quay.Enter(number)
	if s.crew == 0 {
		leave()
		return errLate
	}
	leave()
	return nil
}

// Whoever calls it leaves.
func (s *ship) stay(number int) (func(), error) {
	leave := s.quay.Enter(number)
	if s.crew == 0 {
		leave()
		return nil, errLate
	}
	return leave, nil
}

// Nothing is locked where there is an error.
func (s *ship) read() error {
	done, err := s.quay.Read(s.crew)
	if errors.Is(err, turnstile.ErrFull) {
		return nil
	}
	if err != nil {
		return err
	}
	done()
	return nil
}

// The crane comes down by itself, too.
func (s *ship) lift() error {
	down := s.quay.Lift()
	if s.crew == 0 {
		return errLate
	}
	down()
	return nil
}

func (s *ship) lower() { s.quay.Down() }

// Nothing is locked.
func (s *ship) watch() error {
	stop := s.quay.Watch()
	if s.crew == 0 {
		return errLate
	}
	stop()
	return nil
}

func (s *ship) ebb(low bool) error {
	rise := s.quay.Ebb(low)
	if !low {
		return errLate
	}
	rise()
	return nil
}

type mooring struct{ leave func() }

// The mooring leaves later.
func (s *ship) moor(number int, m *mooring) error {
	leave := s.quay.Enter(number)
	if s.crew == 0 {
		m.leave = leave
		return errLate
	}
	leave()
	return nil
}

func (m *mooring) cast() { m.leave() }

func (s *ship) eachOf(numbers []int, visit func(func())) {
	for _, number := range numbers {
		visit(s.quay.Enter(number))
	}
}
