// Package harbour uses the locks of another package.
package harbour

import (
	"errors"

	"example.com/rules/sync/missing-unlock/turnstile"
)

var errLate = errors.New("late")

type ship struct {
	quay  *turnstile.Quay
	crew  int
	hours int
}

func (s *ship) unload(number, tons int) error {
	unlock := s.quay.Enter(number) // want "`s.quay.Enter` locks and leaves it to `unlock` to unlock, which is not called at the return on line \\d+"
	if tons > s.crew*s.hours {
		return errLate
	}
	s.hours -= tons / s.crew
	unlock()
	return nil
}

func (s *ship) plan() (int, error) {
	release, err := s.quay.Read(s.crew) // want "`s.quay.Read` locks and leaves it to `release` to unlock"
	if err != nil {
		return 0, err
	}
	if s.hours == 0 {
		return 0, errLate
	}
	hours := s.hours
	release()
	return hours, nil
}
