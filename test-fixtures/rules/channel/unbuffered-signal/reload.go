package unbufferedsignal

import (
	"os/signal"
	"syscall"
)

// The channel is made in another file.
func (r *reloader) listen() {
	signal.Notify(r.hangups, syscall.SIGHUP) // want "unbuffered-signal: .*r.hangups.*"
	for range r.hangups {
		r.reload()
	}
}
