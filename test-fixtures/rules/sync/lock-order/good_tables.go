package lockorder

import "sync"

// The goroutine that reads comes to its frames by a table, and has come to its end before Close takes a lock.
type wire struct {
	mu      sync.Mutex
	lines   map[int]*line
	opened  int
	frames  chan frame
	stopped chan struct{}
}

type line struct {
	wire *wire
	mu   sync.Mutex
	up   bool
}

type frame struct{ kind, line int }

var frameHandlers [2]func(*wire, frame) error

func init() {
	frameHandlers = [2]func(*wire, frame) error{
		0: (*wire).openLine,
		1: (*wire).dropLine,
	}
}

func connect(frames chan frame) *wire {
	w := &wire{lines: map[int]*line{}, frames: frames, stopped: make(chan struct{})}
	go w.read()
	return w
}

func (w *wire) read() {
	defer close(w.stopped)
	for f := range w.frames {
		if err := frameHandlers[f.kind](w, f); err != nil {
			return
		}
	}
}

func (w *wire) openLine(f frame) error {
	w.mu.Lock()
	l := w.lines[f.line]
	if l == nil {
		l = &line{wire: w}
		w.lines[f.line] = l
	}
	w.mu.Unlock()
	l.raise()
	return nil
}

func (w *wire) dropLine(f frame) error {
	w.mu.Lock()
	delete(w.lines, f.line)
	w.mu.Unlock()
	return nil
}

func (l *line) raise() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = true
	l.wire.count()
}

func (w *wire) count() {
	w.mu.Lock()
	w.opened++
	w.mu.Unlock()
}

func (l *line) cut() {
	l.mu.Lock()
	l.up = false
	l.mu.Unlock()
}

func (w *wire) Close() {
	close(w.frames)
	<-w.stopped
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.lines {
		l.cut()
	}
}

// The same by a field that holds the function, and a group that is waited for.
type farm struct {
	mu     sync.Mutex
	barns  map[int]*barn
	fed    int
	orders chan int
	wg     sync.WaitGroup
	onMeal func(int)
}

type barn struct {
	farm *farm
	mu   sync.Mutex
	full bool
}

func settle(orders chan int) *farm {
	f := &farm{barns: map[int]*barn{}, orders: orders}
	f.onMeal = f.feed
	f.wg.Add(1)
	go func() {
		f.serve()
		f.wg.Done()
	}()
	return f
}

func (f *farm) serve() {
	for n := range f.orders {
		f.onMeal(n)
	}
}

func (f *farm) feed(n int) {
	f.mu.Lock()
	b := f.barns[n]
	if b == nil {
		b = &barn{farm: f}
		f.barns[n] = b
	}
	f.mu.Unlock()
	b.fill()
}

func (b *barn) fill() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.full = true
	b.farm.note()
}

func (f *farm) note() {
	f.mu.Lock()
	f.fed++
	f.mu.Unlock()
}

func (b *barn) lock() {
	b.mu.Lock()
	b.full = false
	b.mu.Unlock()
}

func (f *farm) Close() {
	close(f.orders)
	f.wg.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, b := range f.barns {
		b.lock()
	}
}

// Both orders are those of one goroutine, which comes to them by a table.
type engine struct {
	fuel, air sync.Mutex
	level     int
	steps     map[string]func()
	orders    chan string
}

func start(orders chan string) *engine {
	e := &engine{orders: orders}
	e.steps = map[string]func(){
		"rich": e.rich,
		"lean": e.lean,
	}
	go e.turn()
	return e
}

func (e *engine) turn() {
	for order := range e.orders {
		if step, ok := e.steps[order]; ok {
			step()
		}
	}
}

func (e *engine) rich() {
	e.fuel.Lock()
	defer e.fuel.Unlock()
	e.air.Lock()
	e.level++
	e.air.Unlock()
}

func (e *engine) lean() {
	e.air.Lock()
	defer e.air.Unlock()
	e.fuel.Lock()
	e.level--
	e.fuel.Unlock()
}

// Level takes one lock.
func (e *engine) Level() int {
	e.fuel.Lock()
	defer e.fuel.Unlock()
	return e.level
}

// One goroutine runs what comes by a channel.
type desk struct {
	ink, paper sync.Mutex
	sheets     int
	errands    chan func()
}

func sit() *desk {
	d := &desk{errands: make(chan func())}
	go func() {
		for errand := range d.errands {
			errand()
		}
	}()
	return d
}

func (d *desk) Send(write bool) {
	if write {
		d.errands <- d.write
		return
	}
	d.errands <- d.blot
}

func (d *desk) write() {
	d.ink.Lock()
	defer d.ink.Unlock()
	d.paper.Lock()
	d.sheets++
	d.paper.Unlock()
}

func (d *desk) blot() {
	d.paper.Lock()
	defer d.paper.Unlock()
	d.ink.Lock()
	d.sheets--
	d.ink.Unlock()
}
