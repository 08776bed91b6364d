//go:build go1.21

package timetick

import "time"

type metronome struct{ beat <-chan time.Time }

// Never returns.
func forever(report func()) {
	for range time.Tick(time.Second) {
		report()
	}
}

func background(report func()) {
	go func() {
		tick := time.Tick(time.Second)
		for {
			<-tick
			report()
		}
	}()
}

// Once in the life of the process.
var started = time.Tick(time.Hour)

func init() {
	<-time.Tick(time.Millisecond)
}

// Somebody else has the channel.
func newMetronome(d time.Duration) *metronome {
	return &metronome{beat: time.Tick(d)}
}

func beats(d time.Duration) <-chan time.Time {
	return time.Tick(d)
}

func passed(run func(<-chan time.Time)) {
	tick := time.Tick(time.Second)
	run(tick)
}

// With a ticker.
func stopped(quit <-chan struct{}, report func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			report()
		case <-quit:
			return
		}
	}
}

// A function of that name that is not the one of package time.
type clock struct{}

func (clock) Tick(d time.Duration) <-chan time.Time { return nil }

func ownClock(time clock) {
	for {
		select {
		case <-time.Tick(1):
			return
		default:
		}
	}
}
