package lockorder

import "sync"

// One order everywhere.
type Ordered struct {
	first  sync.Mutex
	second sync.Mutex
}

func (o *Ordered) A() {
	o.first.Lock()
	defer o.first.Unlock()
	o.second.Lock()
	defer o.second.Unlock()
}

func (o *Ordered) B() {
	o.first.Lock()
	o.second.Lock()
	o.second.Unlock()
	o.first.Unlock()
}

// The first lock is free before the second is taken.
func (o *Ordered) C() {
	o.second.Lock()
	o.second.Unlock()
	o.first.Lock()
	o.first.Unlock()
}

// Two values of one type: which they are elsewhere is not known.
type Account struct {
	mu      sync.Mutex
	balance int
}

func Move(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

func MoveBack(from, to *Account, n int) {
	to.mu.Lock()
	defer to.mu.Unlock()
	from.mu.Lock()
	defer from.mu.Unlock()
	from.balance += n
	to.balance -= n
}

// Readers do not keep readers out.
type Readers struct {
	a, b sync.RWMutex
}

func (r *Readers) AB() {
	r.a.RLock()
	defer r.a.RUnlock()
	r.b.RLock()
	defer r.b.RUnlock()
}

func (r *Readers) BA() {
	r.b.RLock()
	defer r.b.RUnlock()
	r.a.RLock()
	defer r.a.RUnlock()
}

// A gate lets only one of them in.
type Gated struct {
	gate, a, b sync.Mutex
}

func (g *Gated) AB() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.a.Lock()
	defer g.a.Unlock()
	g.b.Lock()
	defer g.b.Unlock()
}

func (g *Gated) BA() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.ba()
}

func (g *Gated) ba() {
	g.b.Lock()
	defer g.b.Unlock()
	g.a.Lock()
	defer g.a.Unlock()
}

// TryLock does not wait.
type Trying struct {
	a, b sync.Mutex
}

func (t *Trying) AB() {
	t.a.Lock()
	defer t.a.Unlock()
	t.b.Lock()
	defer t.b.Unlock()
}

func (t *Trying) BA() {
	t.b.Lock()
	defer t.b.Unlock()
	if t.a.TryLock() {
		t.a.Unlock()
	}
}

// Everything happens on the one goroutine that owns the value.
type loop struct {
	a, b sync.Mutex
	work chan int
}

func newLoop() *loop {
	l := &loop{work: make(chan int)}
	go l.run()
	return l
}

func (l *loop) run() {
	for n := range l.work {
		if n%2 == 0 {
			l.even()
		} else {
			l.odd()
		}
	}
}

func (l *loop) even() {
	l.a.Lock()
	l.b.Lock()
	l.b.Unlock()
	l.a.Unlock()
}

func (l *loop) odd() {
	l.b.Lock()
	l.a.Lock()
	l.a.Unlock()
	l.b.Unlock()
}

// Before any goroutine is started.
var (
	tableMu sync.Mutex
	nameMu  sync.Mutex
)

func init() {
	tableMu.Lock()
	nameMu.Lock()
	nameMu.Unlock()
	tableMu.Unlock()
}

func Rename() {
	nameMu.Lock()
	tableMu.Lock()
	tableMu.Unlock()
	nameMu.Unlock()
}

// Each waits for the goroutine of the other order to end.
func oneAfterTheOther() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		a.Lock()
		b.Lock()
		b.Unlock()
		a.Unlock()
	}()
	wg.Wait()
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
}

// A value nobody else has yet.
type Node struct {
	a, b sync.Mutex
}

func NewNode() *Node {
	n := &Node{}
	n.b.Lock()
	n.a.Lock()
	n.a.Unlock()
	n.b.Unlock()
	return n
}

func (n *Node) Visit() {
	n.a.Lock()
	n.b.Lock()
	n.b.Unlock()
	n.a.Unlock()
}

// The helper lets go of its caller's lock before it takes the other one.
type Handoff struct {
	a, b sync.Mutex
}

func (h *Handoff) AB() {
	h.a.Lock()
	h.b.Lock()
	h.b.Unlock()
	h.a.Unlock()
}

func (h *Handoff) BA() {
	h.b.Lock()
	h.leaveB()
}

func (h *Handoff) leaveB() {
	h.b.Unlock()
	h.a.Lock()
	h.a.Unlock()
}

// What `go` starts does not hold the locks of its starter.
type Async struct {
	a, b sync.Mutex
}

func (x *Async) AB() {
	x.a.Lock()
	x.b.Lock()
	x.b.Unlock()
	x.a.Unlock()
}

func (x *Async) BA() {
	x.b.Lock()
	defer x.b.Unlock()
	go func() {
		x.a.Lock()
		x.a.Unlock()
	}()
}

// The lock stands for another value in each turn.
type Chain struct {
	mu   sync.Mutex
	next *Chain
	all  sync.Mutex
}

func (c *Chain) Walk() {
	cur := c
	for cur != nil {
		cur.mu.Lock()
		cur.all.Lock()
		cur.all.Unlock()
		cur.mu.Unlock()
		cur = cur.next
	}
}

func (c *Chain) Sum() {
	c.all.Lock()
	c.mu.Lock()
	c.mu.Unlock()
	c.all.Unlock()
}

// Reading is done once, before there is anything to read: what takes the locks the other way round sees that and leaves.
type Lazy struct {
	openMu sync.Mutex
	readMu sync.Mutex
	opened bool
}

func (l *Lazy) Open() {
	l.openMu.Lock()
	defer l.openMu.Unlock()
	if l.opened {
		return
	}
	l.readMu.Lock()
	defer l.readMu.Unlock()
	l.opened = true
}

func (l *Lazy) Read() {
	l.Open()
	l.readMu.Lock()
	defer l.readMu.Unlock()
	l.openMu.Lock()
	defer l.openMu.Unlock()
}

// Callers of both helpers hold the same lock.
type Guarded struct {
	mu, a, b sync.Mutex
}

func (g *Guarded) Do(flip bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if flip {
		g.ba()
	} else {
		g.ab()
	}
}

func (g *Guarded) ab() {
	g.a.Lock()
	g.b.Lock()
	g.b.Unlock()
	g.a.Unlock()
}

func (g *Guarded) ba() {
	g.b.Lock()
	g.a.Lock()
	g.a.Unlock()
	g.b.Unlock()
}

// Values of two types that nothing ties together.
type Job struct {
	mu sync.Mutex
}

type Report struct {
	mu sync.Mutex
}

func (j *Job) Tell(r *Report) {
	j.mu.Lock()
	defer j.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
}

func (r *Report) Ask(j *Job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
}

// Two values of one type that belong to one owner.
type half struct {
	sync.Mutex
	n int
}

type Duplex struct {
	mu      sync.Mutex
	in, out half
}

func (d *Duplex) Write() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.out.Lock()
	defer d.out.Unlock()
}

func (d *Duplex) Read() {
	d.in.Lock()
	defer d.in.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
}

// A lock with methods of its own that others hold when they call.
type tx struct {
	sync.Mutex
	owner *Backend
}

func (t *tx) Lock() { t.Mutex.Lock() }

func (t *tx) Unlock() {
	t.commit()
	t.Mutex.Unlock()
}

func (t *tx) commit() {
	t.owner.readMu.Lock()
	defer t.owner.readMu.Unlock()
	t.owner.dbMu.Lock()
	defer t.owner.dbMu.Unlock()
}

type bufferedTx struct {
	tx
}

type Backend struct {
	tx     *bufferedTx
	readMu sync.Mutex
	dbMu   sync.Mutex
}

func (b *Backend) Compact() {
	b.tx.Lock()
	defer b.tx.Unlock()
	b.dbMu.Lock()
	defer b.dbMu.Unlock()
	b.readMu.Lock()
	defer b.readMu.Unlock()
}

// A helper unlocks before the other lock is taken.
type Released struct {
	a, b sync.Mutex
}

func (r *Released) lockA()   { r.a.Lock() }
func (r *Released) unlockA() { r.a.Unlock() }

func (r *Released) AThenB() {
	r.lockA()
	r.unlockA()
	r.b.Lock()
	r.b.Unlock()
}

func (r *Released) BA() {
	r.b.Lock()
	defer r.b.Unlock()
	r.lockA()
	defer r.unlockA()
}

// Who runs the unlock, and when, is not known.
func (r *Released) ByValue() {
	r.a.Lock()
	unlock := r.a.Unlock
	unlock()
	r.b.Lock()
	r.b.Unlock()
}

// The lock is let go of by the value that stands for it.
type held struct{ r *Released }

func (r *Released) hold() *held { r.a.Lock(); return &held{r} }
func (h *held) done()           { h.r.a.Unlock() }

func (r *Released) ByOwner() {
	h := r.hold()
	h.done()
	r.b.Lock()
	r.b.Unlock()
}
