package signals

import "time"

type worker struct {
	stop  chan struct{}
	fails int
}

// It ends by itself when it has failed too often.
func (w *worker) run(probe func() bool) {
	for {
		select {
		case <-w.stop:
			return
		case <-time.After(time.Second):
			if probe() {
				continue
			}
			if w.fails++; w.fails == 3 {
				return
			}
		}
	}
}

func (w *worker) end() {
	w.stop <- struct{}{} // want "abandoned-send"
}

func probeFor(d time.Duration, probe func() bool) {
	w := &worker{stop: make(chan struct{})}
	go w.run(probe)
	time.Sleep(d)
	w.end()
}

type player struct {
	next  chan struct{}
	ready func() bool
}

// Each signal is another song: a closed channel would play all of them at once.
func (p *player) play(song func()) {
	for p.ready() {
		<-p.next
		song()
	}
}

func (p *player) skip() {
	p.next <- struct{}{} // want "abandoned-send"
}

func playOne(ready func() bool, song func()) {
	p := &player{next: make(chan struct{}), ready: ready}
	go p.play(song)
	p.skip()
}

type limiter struct {
	done chan int
	gone chan struct{}
}

// There is a channel at hand that says when nobody receives any more.
func (l *limiter) run() {
	total := 0
	for {
		select {
		case n := <-l.done:
			total += n
		case <-l.gone:
			return
		}
	}
}

func (l *limiter) finish(n int) {
	l.done <- n // want "abandoned-send"
}

func limit(n int) {
	l := &limiter{done: make(chan int), gone: make(chan struct{})}
	go l.run()
	close(l.gone)
	l.finish(n)
}
