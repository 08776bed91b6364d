package indirect

import "sync"

// The list is copied, and called when the lock is free.
type Task interface {
	Do(d *Desk)
}

type Desk struct {
	mu    sync.Mutex
	done  int
	tasks []Task
}

func (d *Desk) Add(t Task) {
	d.mu.Lock()
	d.tasks = append(d.tasks, t)
	d.mu.Unlock()
}

func (d *Desk) Done() {
	d.mu.Lock()
	d.done++
	d.mu.Unlock()
}

type Letter struct{}

func (Letter) Do(d *Desk) { d.Done() }

func (d *Desk) Work() {
	d.mu.Lock()
	tasks := append([]Task(nil), d.tasks...)
	d.mu.Unlock()
	for _, t := range tasks {
		t.Do(d)
	}
}

// It is handed another value than the one that is locked.
type Visit interface {
	See(w *Ward)
}

type Ward struct {
	mu     sync.Mutex
	next   *Ward
	seen   int
	visits []Visit
}

func NewWard(next *Ward, visits ...Visit) *Ward { return &Ward{next: next, visits: visits} }

func (w *Ward) Mark() {
	w.mu.Lock()
	w.seen++
	w.mu.Unlock()
}

type Round struct{}

func (Round) See(w *Ward) { w.Mark() }

func (w *Ward) Run() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, v := range w.visits {
		v.See(w.next)
	}
}

// It lets go of the lock first.
type Hatch interface {
	Open(h *Hold)
}

type Hold struct {
	mu      sync.Mutex
	open    int
	hatches []Hatch
}

func NewHold(hatches ...Hatch) *Hold { return &Hold{hatches: hatches} }

type Slow struct{}

func (Slow) Open(h *Hold) {
	h.mu.Unlock()
	wait()
	h.mu.Lock()
	h.open++
}

func wait() {}

func (h *Hold) OpenAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, x := range h.hatches {
		x.Open(h)
	}
}

// Which of two lists it is meant for cannot be told: one is told with the lock held, the other one without it.
type Listener interface {
	Told(b *Board)
}

type Board struct {
	mu     sync.Mutex
	text   string
	inside []Listener
	after  []Listener
}

func NewBoard(inside, after []Listener) *Board { return &Board{inside: inside, after: after} }

func (b *Board) Text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text
}

type Reader struct{ last string }

func (r *Reader) Told(b *Board) { r.last = b.Text() }

func (b *Board) Write(text string) {
	b.mu.Lock()
	b.text = text
	for _, l := range b.inside {
		l.Told(b)
	}
	b.mu.Unlock()
	for _, l := range b.after {
		l.Told(b)
	}
}

// The type that locks is never put into the list.
type lever struct {
	mu    sync.Mutex
	n     int
	parts []part
}

type part interface{ move(l *lever) }

type pin struct{}

func (pin) move(l *lever) { l.n++ }

type spring struct{}

func (spring) move(l *lever) {
	l.mu.Lock()
	l.n--
	l.mu.Unlock()
}

func newLever() *lever { return &lever{parts: []part{pin{}}} }

func (l *lever) pull() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.parts {
		p.move(l)
	}
}

func release(l *lever) { spring{}.move(l) }

// A flag says that the lock is held.
type Part2 interface {
	Turn(w *Wheel, held bool)
}

type Wheel struct {
	mu    sync.Mutex
	n     int
	parts []Part2
}

func NewWheel(parts ...Part2) *Wheel { return &Wheel{parts: parts} }

type Cog struct{}

func (Cog) Turn(w *Wheel, held bool) {
	if !held {
		w.mu.Lock()
		defer w.mu.Unlock()
	}
	w.n++
}

func (w *Wheel) Turn() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.parts {
		p.Turn(w, true)
	}
}

// Nobody writes.
type Lamp struct {
	mu     sync.RWMutex
	lumens int
	shades []Shade
}

type Shade interface{ Dim(l *Lamp) int }

func NewLamp(shades ...Shade) *Lamp { return &Lamp{shades: shades} }

func (l *Lamp) Lumens() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.lumens
}

type Half struct{}

func (Half) Dim(l *Lamp) int { return l.Lumens() / 2 }

func (l *Lamp) Light() (sum int) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, s := range l.shades {
		sum += s.Dim(l)
	}
	return sum
}

// The back pointer is that of another value.
type mast struct {
	mu    sync.Mutex
	h     int
	flags []dial
}

type flag struct{ of *mast }

func (f *flag) turn() { f.of.height() }

func (m *mast) height() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.h
}

func (m *mast) fly(other *mast) { m.flags = append(m.flags, &flag{of: other}) }

func (m *mast) wave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.flags {
		f.turn()
	}
}
