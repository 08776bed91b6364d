// Package places has types whose methods take a place in a buffer and give it back.
package places

import "errors"

type boat interface {
	launch() error
	sink()
}

type harbour struct {
	build  func() (boat, error)
	berths chan struct{}
}

func newHarbour(berths int, build func() (boat, error)) *harbour {
	return &harbour{build: build, berths: make(chan struct{}, berths)}
}

var errLeaky = errors.New("the boat is leaky")

// Moor forgets the berth of a boat that cannot be launched; who gets one leaves it later.
func (h *harbour) Moor() (*mooring, error) {
	h.berths <- struct{}{} // want "every place in `h.berths` may be taken for good"
	b, err := h.build()
	if err != nil {
		<-h.berths
		return nil, err
	}
	if err := b.launch(); err != nil {
		b.sink()
		return nil, errLeaky
	}
	return &mooring{boat: b}, nil
}

func (h *harbour) Leave(m *mooring) {
	m.boat.sink()
	<-h.berths
}

type mooring struct{ boat boat }

type marina struct {
	build  func() (boat, error)
	berths chan struct{}
}

func newMarina(berths int, build func() (boat, error)) *marina {
	return &marina{build: build, berths: make(chan struct{}, berths)}
}

// Moor gives the berth back on all ways that fail.
func (m *marina) Moor() (*place, error) {
	m.berths <- struct{}{}
	b, err := m.build()
	if err != nil {
		<-m.berths
		return nil, err
	}
	if err := b.launch(); err != nil {
		b.sink()
		<-m.berths
		return nil, errLeaky
	}
	return &place{boat: b}, nil
}

func (m *marina) Leave(p *place) {
	p.boat.sink()
	<-m.berths
}

type place struct{ boat boat }

// The capacity limits how many work at once: a larger one is no repair.
func inTurns(jobs []func() error) error {
	turns := make(chan int, 2)
	results := make(chan error, len(jobs))
	for i, job := range jobs {
		go func() {
			turns <- i // want "abandoned-send"
			if err := job(); err != nil {
				results <- err
				return
			}
			<-turns
			results <- nil
		}()
	}
	for range jobs {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}
