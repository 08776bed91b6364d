package spooler

import "sync"

// Stamper is like a Spooler, and gives up.
type Stamper struct {
	dev    device
	sheets chan string
	stop   chan struct{}
	gone   chan struct{}
	once   sync.Once
}

// NewStamper starts a stamper.
func NewStamper(dev device) *Stamper {
	s := &Stamper{dev: dev, sheets: make(chan string), stop: make(chan struct{}), gone: make(chan struct{})}
	go s.work()
	return s
}

func (s *Stamper) work() {
	defer close(s.gone)
	for {
		select {
		case sheet := <-s.sheets:
			_ = s.dev.Put(sheet)
		case <-s.stop:
			return
		}
	}
}

// Stamp hands over a sheet.
func (s *Stamper) Stamp(sheet string) error {
	select {
	case s.sheets <- sheet:
		return nil
	case <-s.gone:
		return ErrShut
	}
}

// Close ends the loop.
func (s *Stamper) Close() {
	s.once.Do(func() { close(s.stop) })
	<-s.gone
}
