package arms

import "sync"

type Board struct {
	mu      sync.RWMutex
	readers map[*Reader]bool
}

type Reader struct {
	board *Board
	news  chan string
	left  chan struct{}
	once  sync.Once
}

func (b *Board) Join() *Reader {
	r := &Reader{board: b, news: make(chan string, 2), left: make(chan struct{})}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.readers[r] = true
	return r
}

func (r *Reader) News() <-chan string { return r.news }

func (b *Board) Post(text string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for r := range b.readers {
		select { // want "waits with `b.mu` held, and who closes `r.left` takes that lock first \\(line 42\\)"
		case r.news <- text:
		case <-r.left:
		}
	}
}

// The lock is free again, but it had to be taken.
func (r *Reader) Leave() {
	r.once.Do(func() {
		r.board.remove(r)
		close(r.left)
	})
}

func (b *Board) remove(r *Reader) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.readers, r)
}

// Closed first, then removed.
type Pane struct {
	mu    sync.Mutex
	views map[*View]bool
}

type View struct {
	pane  *Pane
	lines chan string
	left  chan struct{}
}

func (p *Pane) Open() *View {
	v := &View{pane: p, lines: make(chan string), left: make(chan struct{})}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.views[v] = true
	return v
}

func (v *View) Lines() <-chan string { return v.lines }

func (p *Pane) Show(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for v := range p.views {
		select {
		case v.lines <- text:
		case <-v.left:
		}
	}
}

func (v *View) Leave() {
	close(v.left)
	v.pane.remove(v)
}

func (p *Pane) remove(v *View) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.views, v)
}

// The lock is not taken on all ways to the close.
type Line struct {
	mu     sync.Mutex
	n      int
	cars   chan int
	halted chan struct{}
}

func NewLine() *Line { return &Line{cars: make(chan int), halted: make(chan struct{})} }

func (l *Line) Cars() <-chan int { return l.cars }

func (l *Line) Move(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.cars <- n:
	case <-l.halted:
	}
}

func (l *Line) Halt(isCounted bool) {
	if isCounted {
		l.mu.Lock()
		l.n++
		l.mu.Unlock()
	}
	close(l.halted)
}

// Nor by all runs of the helper.
type Belt struct {
	mu     sync.Mutex
	n      int
	parts  chan int
	halted chan struct{}
}

func NewBelt() *Belt { return &Belt{parts: make(chan int), halted: make(chan struct{})} }

func (b *Belt) Parts() <-chan int { return b.parts }

func (b *Belt) Move(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.parts <- n:
	case <-b.halted:
	}
}

func (b *Belt) count(n int) {
	if n == 0 {
		return
	}
	b.mu.Lock()
	b.n += n
	b.mu.Unlock()
}

func (b *Belt) Halt(n int) {
	b.count(n)
	close(b.halted)
}

// Two who read do not hinder each other.
type Gauge struct {
	mu      sync.RWMutex
	n       int
	values  chan int
	stopped chan struct{}
}

func NewGauge() *Gauge { return &Gauge{values: make(chan int), stopped: make(chan struct{})} }

func (g *Gauge) Values() <-chan int { return g.values }

func (g *Gauge) Send() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	select {
	case g.values <- g.n:
	case <-g.stopped:
	}
}

func (g *Gauge) read() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	println(g.n)
}

func (g *Gauge) Stop() {
	g.read()
	close(g.stopped)
}
