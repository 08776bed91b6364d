package probes

import "example.com/rules/goroutine/start-without-stop/beat"

func stopped(to beat.Sender) error {
	b := beat.New(to)
	b.Start()
	defer b.Stop()
	b.Ping("a")
	return b.Err()
}

// A function of the other package stops it.
func finished(to beat.Sender) error {
	b := beat.New(to)
	b.Start()
	b.Ping("a")
	return beat.Finish(b)
}

// The other package stops it later.
func kept(to beat.Sender) {
	b := beat.Kept(to)
	b.Start()
	b.Ping("a")
}

// Whoever gets it stops it.
func started(to beat.Sender) *beat.Beat {
	b := beat.New(to)
	b.Start()
	return b
}

type site struct{ beat *beat.Beat }

func (s *site) open(to beat.Sender) {
	b := beat.New(to)
	b.Start()
	s.beat = b
}

// It ends by itself.
func sendOnce(to beat.Sender) {
	o := beat.NewOnce(to, "a")
	o.Start()
}

// It is the caller's.
func again(b *beat.Beat) {
	b.Start()
}
