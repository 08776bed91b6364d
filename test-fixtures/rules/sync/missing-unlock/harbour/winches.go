package harbour

import (
	"context"

	"example.com/rules/sync/missing-unlock/turnstile"
)

type bosun struct {
	winches *turnstile.Winches
	held    func()
	ships   []string
}

func (p *bosun) find(name string) (int, error) {
	for i, s := range p.ships {
		if s == name {
			return i, nil
		}
	}
	return 0, errLate
}

func (p *bosun) tow(name string) error {
	dismiss := p.winches.Rent() // want "The slot taken from `p.winches.Rent` is not given back at the return on line 28, where `dismiss\\(\\)` is missing"
	at, err := p.find(name)
	if err != nil {
		return err
	}
	p.ships = append(p.ships[:at], p.ships[at+1:]...)
	dismiss()
	return nil
}

func (p *bosun) towWithin(ctx context.Context, name string) error {
	done, err := p.winches.RentWithin(ctx) // want "The slot taken from `p.winches.RentWithin` is not given back at the return on line 41, where `done\\(\\)` is missing"
	if err != nil {
		return err
	}
	if name == "" {
		return errLate
	}
	p.ships = append(p.ships, name)
	done()
	return nil
}

// It is given back in any case.
func (p *bosun) shift(name string) error {
	dismiss := p.winches.Rent()
	defer dismiss()
	_, err := p.find(name)
	return err
}

// Somebody else gives it back.
func (p *bosun) lend(name string) (func(), error) {
	dismiss := p.winches.Rent()
	if _, err := p.find(name); err != nil {
		dismiss()
		return nil, err
	}
	return dismiss, nil
}

func (p *bosun) hold(name string) error {
	dismiss := p.winches.Rent()
	if name == "" {
		p.held = dismiss
		return errLate
	}
	dismiss()
	return nil
}

func (p *bosun) send(name string) error {
	dismiss := p.winches.Rent()
	if name == "" {
		go p.later(dismiss)
		return errLate
	}
	dismiss()
	return nil
}

func (p *bosun) later(f func()) { f() }

// What is taken there somebody else takes away.
func (p *bosun) note(name string) error {
	done := p.winches.Report()
	if name == "" {
		return errLate
	}
	done()
	return nil
}
