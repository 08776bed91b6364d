package probes

import "example.com/rules/goroutine/start-without-stop/beat"

func probe(to beat.Sender, names []string) error {
	b := beat.New(to)
	b.Start() // want "start-without-stop: `b.Start` leaves a goroutine running, the function ends on line 11 without `b.Stop\\(\\)`"
	for _, name := range names {
		b.Ping(name)
	}
	return b.Err()
}

func probeEach(to beat.Sender, names []string) {
	for _, name := range names {
		b := beat.New(to)
		b.Start() // want "the loop comes round to it again without `b.Stop\\(\\)`"
		b.Ping(name)
	}
}

type prober struct {
	to beat.Sender
	ok bool
}

func (p *prober) check(name string) bool {
	b := beat.New(p.to)
	b.Start() // want "the function ends on line 31 without `b.Stop\\(\\)`"
	if !p.ok {
		return false
	}
	b.Ping(name)
	return beat.Finish(b) == nil
}
