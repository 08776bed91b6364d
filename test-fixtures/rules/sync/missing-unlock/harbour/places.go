package harbour

import "example.com/rules/sync/missing-unlock/turnstile"

type pilot struct {
	places  *turnstile.Places
	tugs    *turnstile.Tugs
	signals *turnstile.Signals
}

func (p *pilot) bring(s *ship, pier string) (int, error) {
	p.places.Take(pier) // want "The slot taken from `p.places` is not given back at the return on line \\d+, where `p.places.Leave\\(pier\\)` is missing"
	hours, err := s.plan()
	if err != nil {
		return 0, err
	}
	p.places.Leave(pier)
	return hours, nil
}

func (p *pilot) brought(s *ship, pier string) (int, error) {
	p.places.Take(pier)
	defer p.places.Leave(pier)
	return s.plan()
}

// It lies there until it goes.
func (p *pilot) berth(s *ship, pier string) error {
	p.places.Take(pier)
	if _, err := s.plan(); err != nil {
		p.places.Leave(pier)
		return err
	}
	return nil
}

// The place is that of another pier.
func (p *pilot) move(s *ship, from, to string) error {
	p.places.Take(to)
	if _, err := s.plan(); err != nil {
		return err
	}
	p.places.Leave(from)
	return nil
}

// A goroutine gives it back.
func (p *pilot) anchor(s *ship, pier string) error {
	p.places.Take(pier)
	go func() {
		defer p.places.Leave(pier)
		s.turn(1)
	}()
	if _, err := s.plan(); err != nil {
		return err
	}
	return nil
}

// Another function dismisses it.
func (p *pilot) tow(s *ship) error {
	p.tugs.Hire()
	if _, err := s.plan(); err != nil {
		return err
	}
	p.tugs.Dismiss()
	return nil
}

func (p *pilot) towed() { p.tugs.Dismiss() }

// Whoever listens takes them.
func (p *pilot) greet(s *ship) error {
	p.signals.Blow()
	if _, err := s.plan(); err != nil {
		return err
	}
	p.signals.Mute()
	return nil
}
