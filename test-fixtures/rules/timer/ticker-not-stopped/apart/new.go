package apart

import "time"

func newPulse(every time.Duration) *pulse {
	p := &pulse{
		beat: time.NewTicker(every), // want "ticker-not-stopped: the ticker in `beat` is stopped nowhere"
		quit: make(chan struct{}),
	}
	go p.run()
	return p
}

func newAlarm() *alarm {
	return &alarm{every: time.NewTicker(time.Minute), done: make(chan struct{})} // want "ticker-not-stopped: the ticker in `every` is stopped nowhere: it goes on ticking after `alarm.Stop`"
}
