package nilchannel

import "errors"

func neverMade(work func() error) error {
	var errs chan error
	go func() {
		errs <- work() // want "nil-channel: `errs` is nil because nothing has made it: this send blocks for ever"
	}()
	return nil
}

func waits(work func()) {
	var done chan struct{} // told by the worker
	go func() {
		work()
		done <- struct{}{} // want "nil-channel"
	}()
	<-done // want "nil-channel: `done` is nil because nothing has made it: this receive blocks for ever"
}

func ranges(names []string) int {
	var out chan string
	go func() {
		for _, n := range names {
			out <- n // want "nil-channel"
		}
	}()
	n := 0
	for range out { // want "nil-channel: `out` is nil because nothing has made it: this loop blocks for ever"
		n++
	}
	return n
}

type hub struct {
	name  string
	lines chan string
}

// The field is forgotten.
func newHub(name string) {
	h := &hub{name: name}
	go func() {
		for l := range h.lines { // want "nil-channel"
			println(l)
		}
	}()
}

func onlyForSome(buffered bool, work func() error) error {
	var errs chan error
	if buffered {
		errs = make(chan error, 1)
	}
	go func() {
		errs <- work() // want "nil-channel"
	}()
	return errors.New("started")
}

func elementOf(n int) {
	shards := make([]chan int, 4)
	go func() {
		shards[0] <- n // want "nil-channel"
	}()
}

func named(work func() int) (result chan int) {
	go func() { println(work()) }()
	<-result // want "nil-channel"
	return nil
}

type opened struct{ byName map[string]chan string }

func (o *opened) lines(name string) <-chan string {
	if known := o.byName[name]; known != nil {
		return nil
	}
	lines := make(chan string, 1)
	o.byName[name] = lines
	return lines
}

// The second call certainly gives nil.
func followTwice() {
	o := &opened{byName: make(map[string]chan string)}
	own := o.lines("own")
	close(o.byName["own"])
	again := o.lines("own")
	go func() {
		for line := range own {
			println(line)
		}
		for line := range again { // want "nil-channel"
			println(line)
		}
	}()
}
