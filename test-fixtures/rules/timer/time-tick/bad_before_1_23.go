//go:build go1.21

package timetick

import (
	"errors"
	"time"
)

type job struct {
	done  chan struct{}
	every time.Duration
}

func (j *job) progress(report func()) {
	tick := time.Tick(j.every) // want "`time.Tick` makes a ticker that nobody can stop: after this function has returned it goes on ticking for ever"
	for {
		select {
		case <-tick:
			report()
		case <-j.done:
			return
		}
	}
}

func await(ready func() bool) error {
	n := 0
	for range time.Tick(time.Second) { // want "makes a ticker that nobody can stop"
		if ready() {
			return nil
		}
		if n++; n == 10 {
			break
		}
	}
	return errors.New("not ready")
}

func delay() {
	<-time.Tick(time.Second) // want "makes a ticker that nobody can stop"
}

func inLoop(messages <-chan string, quit <-chan struct{}, handle func(string), report func()) {
	for {
		select {
		case m := <-messages:
			handle(m)
		case <-time.Tick(time.Minute): // want "each turn of the loop on line 45 makes another ticker here that nobody can stop: all of them go on"
			report()
		case <-quit:
			return
		}
	}
}

func nested(groups [][]string, send func(string)) {
	for _, group := range groups {
		for _, m := range group {
			send(m)
			<-time.Tick(time.Second) // want "each turn of the loop on line 58"
		}
	}
}

func starts(report func(), quit <-chan struct{}) {
	go func() {
		tick := time.Tick(time.Second) // want "makes a ticker that nobody can stop"
		for {
			select {
			case <-tick:
				report()
			case <-quit:
				return
			}
		}
	}()
}
