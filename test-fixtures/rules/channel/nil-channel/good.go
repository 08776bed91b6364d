package nilchannel

import "time"

func made(work func() error) error {
	errs := make(chan error, 1)
	go func() { errs <- work() }()
	return <-errs
}

func assigned(work func() error) error {
	var errs chan error
	errs = make(chan error, 1)
	go func() { errs <- work() }()
	return <-errs
}

// A nil channel switches an arm of a select off.
func merged(a, b <-chan int, use func(int)) {
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			use(v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			use(v)
		}
	}
}

func optionalTimeout(limit time.Duration, done <-chan struct{}) bool {
	var expired <-chan time.Time
	if limit > 0 {
		expired = time.After(limit)
	}
	select {
	case <-done:
		return true
	case <-expired:
		return false
	}
}

func tested(notify chan int) {
	var local chan int
	if notify != nil {
		local = notify
	}
	if local != nil {
		local <- 1
	}
}

type feed struct{ lines chan string }

func newFeed() *feed {
	f := &feed{lines: make(chan string)}
	go func() {
		for l := range f.lines {
			println(l)
		}
	}()
	return f
}

func (f *feed) Close() { close(f.lines) }

// Whoever has the variable may make the channel.
func filledIn(fill func(*chan int)) {
	var values chan int
	fill(&values)
	<-values
}

func onlyWhenWanted(wanted bool, work func() error) error {
	var errs chan error
	if wanted {
		errs = make(chan error, 1)
		go func() { errs <- work() }()
	}
	if wanted {
		return <-errs
	}
	return nil
}

type topics struct{ byName map[string]chan string }

// A second subscriber gets nil.
func (t *topics) open(name string) <-chan string {
	if known := t.byName[name]; known != nil {
		return nil
	}
	opened := make(chan string, 1)
	t.byName[name] = opened
	return opened
}

func print(lines <-chan string) {
	for line := range lines {
		println(line)
	}
}

// Whether somebody has asked for it before is not known.
func (t *topics) follow() {
	go print(t.open("own"))
}
