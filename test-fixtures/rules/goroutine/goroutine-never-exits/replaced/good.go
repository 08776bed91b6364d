package replaced

import (
	"context"
	"sync"
	"time"
)

type poller struct {
	mu      sync.Mutex
	quit    chan struct{}
	running bool
	beats   int
}

func newPoller(every time.Duration) *poller {
	p := &poller{quit: make(chan struct{}), running: true}
	go p.poll(p.quit, every)
	return p
}

func (p *poller) poll(quit <-chan struct{}, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			p.mu.Lock()
			p.beats++
			p.mu.Unlock()
		case <-quit:
			return
		}
	}
}

// The old one ends first.
func (p *poller) SetRate(every time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.quit)
	p.quit = make(chan struct{})
	go p.poll(p.quit, every)
}

// Another method ends it.
func (p *poller) Change(every time.Duration) {
	p.halt()
	p.quit = make(chan struct{})
	go p.poll(p.quit, every)
}

// None is running then.
func (p *poller) Again(every time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running {
		return
	}
	p.running = true
	p.quit = make(chan struct{})
	go p.poll(p.quit, every)
}

// Who starts has to stop before that.
func (p *poller) Restart(every time.Duration) {
	p.quit = make(chan struct{})
	go p.poll(p.quit, every)
}

func (p *poller) halt() { close(p.quit) }

func (p *poller) Close() { p.halt() }

type pinger struct {
	quit  chan struct{}
	beats chan int
}

func newPinger() *pinger {
	p := &pinger{quit: make(chan struct{}), beats: make(chan int, 1)}
	go p.ping()
	return p
}

// It looks into the field each time: all that run end with the newest.
func (p *pinger) ping() {
	for n := 0; ; n++ {
		select {
		case p.beats <- n:
		case <-p.quit:
			return
		}
	}
}

func (p *pinger) Double() {
	p.quit = make(chan struct{})
	go p.ping()
}

func (p *pinger) Close() { close(p.quit) }

type watcher struct {
	cancel context.CancelFunc
	names  chan string
}

func newWatcher(name string) *watcher {
	w := &watcher{names: make(chan string, 1)}
	w.follow(name)
	return w
}

func (w *watcher) follow(name string) {
	if w.cancel != nil {
		w.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case w.names <- name:
			}
		}
	}()
}

func (w *watcher) Switch(name string) { w.follow(name) }

func (w *watcher) Close() { w.cancel() }

type fetcher struct {
	cancel context.CancelFunc
	found  chan string
}

func newFetcher(name string) *fetcher {
	f := &fetcher{found: make(chan string, 1)}
	f.fetch(name)
	return f
}

// It ends by itself.
func (f *fetcher) fetch(name string) {
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	go func() {
		select {
		case f.found <- name:
		case <-ctx.Done():
		}
	}()
}

func (f *fetcher) Next(name string) { f.fetch(name) }

func (f *fetcher) Close() { f.cancel() }
