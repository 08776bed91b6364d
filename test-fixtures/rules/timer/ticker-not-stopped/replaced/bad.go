//go:build go1.20

package replaced

import "time"

type metronome struct {
	beats  chan int
	tempo  chan time.Duration
	quit   chan struct{}
	pulse  *time.Ticker
	played int
}

func newMetronome(every time.Duration) *metronome {
	m := &metronome{beats: make(chan int, 1), tempo: make(chan time.Duration), quit: make(chan struct{})}
	go m.play(every)
	return m
}

func (m *metronome) setPulse(every time.Duration) {
	m.pulse = time.NewTicker(every) // want "what `m.pulse` held until here goes on ticking: `play` puts another ticker in its place"
}

func (m *metronome) play(every time.Duration) {
	m.setPulse(every)
	defer func() { m.pulse.Stop() }()
	for {
		select {
		case <-m.pulse.C:
			m.beat()
		case every := <-m.tempo:
			m.setPulse(every)
		case <-m.quit:
			return
		}
	}
}

func (m *metronome) beat() {
	m.played++
	select {
	case m.beats <- m.played:
	default:
	}
}

func (m *metronome) Tempo(every time.Duration) { m.tempo <- every }

func (m *metronome) Close() { close(m.quit) }

// Without a helper.
type lighthouse struct {
	lamp  *time.Ticker
	speed chan time.Duration
	n     int
}

func (l *lighthouse) Turn() {
	l.lamp = time.NewTicker(time.Second)
	defer func() { l.lamp.Stop() }()
	for {
		select {
		case <-l.lamp.C:
			l.n++
		case d, ok := <-l.speed:
			if !ok {
				return
			}
			l.lamp = time.NewTicker(d) // want "what `l.lamp` held until here goes on ticking: `Turn` puts another ticker in its place"
		}
	}
}
