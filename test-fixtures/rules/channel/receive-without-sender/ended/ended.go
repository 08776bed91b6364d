// Package ended has goroutines that are left when their value has been stopped.
package ended

import "sync"

// Line does one thing after the other.
type Line[T any] struct {
	mu   sync.Mutex
	work []T
	do   func(T)
	wake chan struct{}
	quit chan struct{}
	once sync.Once
}

func NewLine[T any](do func(T)) *Line[T] {
	l := &Line[T]{do: do, wake: make(chan struct{}, 1), quit: make(chan struct{})}
	go l.run()
	return l
}

func (l *Line[T]) Add(v T) {
	l.mu.Lock()
	l.work = append(l.work, v)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *Line[T]) next() (v T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.work) == 0 {
		return v, false
	}
	v, l.work = l.work[0], l.work[1:]
	return v, true
}

// When there is nothing to do, nobody looks at quit.
func (l *Line[T]) run() {
	for {
		select {
		case <-l.quit:
			return
		default:
		}
		if v, ok := l.next(); ok {
			l.do(v)
			continue
		}
		<-l.wake // want "receive-without-sender"
	}
}

func (l *Line[T]) Stop() { l.once.Do(func() { close(l.quit) }) }

// Watched does look.
type Watched struct {
	wake chan struct{}
	quit chan struct{}
}

func NewWatched() *Watched {
	w := &Watched{wake: make(chan struct{}, 1), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case <-w.wake:
			case <-w.quit:
				return
			}
		}
	}()
	return w
}

func (w *Watched) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *Watched) Close() { close(w.quit) }

// Its users read to the end, also after they have closed it.
type Lines struct {
	out  chan string
	quit chan struct{}
}

func NewLines(text []string) *Lines {
	l := &Lines{out: make(chan string), quit: make(chan struct{})}
	go func() {
		defer close(l.out)
		for _, line := range text {
			l.out <- line
		}
	}()
	return l
}

func (l *Lines) All() <-chan string { return l.out }

func (l *Lines) Close() { close(l.quit) }

// Others may still be on their way when it is closed, and it waits for them.
type Guests struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func NewGuests() *Guests {
	g := &Guests{quit: make(chan struct{})}
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		<-g.quit
	}()
	return g
}

func (g *Guests) Enter() { g.wg.Add(1) }

func (g *Guests) Leave() { g.wg.Done() }

func (g *Guests) Close() {
	close(g.quit)
	g.wg.Wait()
}
