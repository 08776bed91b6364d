// Package fixed passes on those events of a watch that a filter keeps.
package fixed

import "sync"

type event struct {
	kind string
	name string
}

type watch interface {
	results() <-chan event
	stop()
}

type broadcastWatch struct {
	source *broadcaster
	out    chan event
}

func (w *broadcastWatch) results() <-chan event { return w.out }

func (w *broadcastWatch) stop() { w.source.forget(w) }

type broadcaster struct {
	mu      sync.Mutex
	watches map[*broadcastWatch]bool
}

func (b *broadcaster) watch() watch {
	b.mu.Lock()
	defer b.mu.Unlock()
	w := &broadcastWatch{source: b, out: make(chan event, 16)}
	b.watches[w] = true
	return w
}

func (b *broadcaster) forget(w *broadcastWatch) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.watches[w] {
		delete(b.watches, w)
		close(w.out)
	}
}

func (b *broadcaster) action(e event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for w := range b.watches {
		select {
		case w.out <- e:
		default:
		}
	}
}

type filtered struct {
	incoming watch
	keep     func(event) bool
	out      chan event
	done     chan struct{}
	once     sync.Once
}

func filter(w watch, keep func(event) bool) watch {
	f := &filtered{incoming: w, keep: keep, out: make(chan event), done: make(chan struct{})}
	go f.loop()
	return f
}

func (f *filtered) results() <-chan event { return f.out }

func (f *filtered) stop() {
	f.once.Do(func() {
		close(f.done)
		f.incoming.stop()
	})
}

func (f *filtered) loop() {
	defer close(f.out)
	for e := range f.incoming.results() {
		if !f.keep(e) {
			continue
		}
		select {
		case f.out <- e:
		case <-f.done:
			return
		}
	}
}

// Run watches until the first pod is deleted.
func Run() {
	b := &broadcaster{watches: make(map[*broadcastWatch]bool)}
	w := filter(b.watch(), func(e event) bool { return e.kind == "deleted" })
	b.action(event{"added", "web"})
	b.action(event{"deleted", "web"})
	<-w.results()
	w.stop()
}
