package leaky

import "time"

// Drive asks a meter that answers twice.
func Drive() {
	readings := make(chan Reading, 4)
	l := &Line{Patience: time.Second, Request: func(meter string) {
		readings <- Reading{meter, 230}
		readings <- Reading{meter, 231}
	}}
	go l.Dispatch(readings)
	_, _ = l.Ask("cellar")
	close(readings)
}
