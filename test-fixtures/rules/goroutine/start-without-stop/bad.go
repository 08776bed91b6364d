package startwithoutstop

func handle(f func()) {
	w := newWorker()
	w.Start() // want "start-without-stop: `w.Start` leaves a goroutine running, the function ends on line 7 without `w.Stop\\(\\)`"
	w.do(f)
}

// One way out does not stop it.
func handleSome(f func()) bool {
	w := newWorker()
	w.Start() // want "the function ends on line 14 without `w.Stop\\(\\)`"
	if f == nil {
		return false
	}
	w.do(f)
	w.Stop()
	return true
}

func withError() error {
	var s server
	if err := s.Start("queue"); err != nil { // want "`s.Start` leaves a goroutine running, the function ends on line 26"
		return err
	}
	return nil
}

func withCheckedError(name string) (int, error) {
	s := &server{name: name}
	err := s.Start(name) // want "`s.Start` leaves a goroutine running"
	if err != nil {
		return 0, err
	}
	s.jobs <- 1
	return len(s.name), nil
}

// One more with each turn.
func handleAll(fs []func()) {
	for _, f := range fs {
		w := newWorker()
		w.Start() // want "the loop comes round to it again without `w.Stop\\(\\)`"
		w.do(f)
	}
}

// The goroutine is the caller's own.
func pumped() {
	p := newPump()
	go p.Run() // want "`p.Run` leaves a goroutine running, the function ends on line 53 without `p.Shutdown\\(\\)`"
	println("pumping")
}

func literal() {
	go func() {
		w := &worker{stop: make(chan struct{}), work: make(chan func())}
		w.Start() // want "the function ends on line 60"
		w.do(func() {})
	}()
}
