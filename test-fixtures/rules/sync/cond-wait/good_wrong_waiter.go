package condwait

import (
	"sync"
	"time"
)

// One waits for an item and one for room, never at the same time: the package does not let several come.
type chute struct {
	mu    sync.Mutex
	moved *sync.Cond
	limit int
	logs  []string
}

func newChute(limit int) *chute {
	c := &chute{limit: limit}
	c.moved = sync.NewCond(&c.mu)
	return c
}

func (c *chute) Push(log string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.logs) >= c.limit {
		c.moved.Wait()
	}
	c.logs = append(c.logs, log)
	c.moved.Signal()
}

func (c *chute) Pull() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.logs) == 0 {
		c.moved.Wait()
	}
	log := c.logs[0]
	c.logs = c.logs[1:]
	c.moved.Signal()
	return log
}

// The same, with a count beside the list.
type counted struct {
	mu    sync.Mutex
	moved *sync.Cond
	limit int
	count int
	logs  []string
}

func newCounted(limit int) *counted {
	c := &counted{limit: limit}
	c.moved = sync.NewCond(&c.mu)
	return c
}

func (c *counted) Push(log string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.logs) >= c.limit {
		c.moved.Wait()
	}
	c.logs = append(c.logs, log)
	c.count++
	c.moved.Signal()
}

func (c *counted) Pull() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.count == 0 {
		c.moved.Wait()
	}
	log := c.logs[0]
	c.logs = c.logs[1:]
	c.count--
	c.moved.Signal()
	return log
}

// The conditions differ by a flag that everybody is told of.
type hopper struct {
	mu     sync.Mutex
	filled *sync.Cond
	grain  int
	closed bool
	idle   bool
}

func newHopper() *hopper {
	h := &hopper{}
	h.filled = sync.NewCond(&h.mu)
	return h
}

func (h *hopper) Fill() {
	h.mu.Lock()
	h.grain++
	h.mu.Unlock()
	h.filled.Signal()
}

func (h *hopper) Mill() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.grain == 0 && !h.closed {
		h.filled.Wait()
	}
	if h.grain == 0 {
		return false
	}
	h.grain--
	return true
}

func (h *hopper) TryMill() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.grain == 0 && !h.closed && !h.idle {
		h.filled.Wait()
	}
	if h.grain == 0 {
		return false
	}
	h.grain--
	return true
}

func (h *hopper) Idle(idle bool) {
	h.mu.Lock()
	h.idle = idle
	h.mu.Unlock()
	h.filled.Broadcast()
}

func (h *hopper) Close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.filled.Broadcast()
}

// Who has been woken for nothing wakes the next.
type ferryQueue struct {
	mu   sync.Mutex
	cond *sync.Cond
	cars int
	gone bool
}

func newFerryQueue() *ferryQueue {
	f := &ferryQueue{}
	f.cond = sync.NewCond(&f.mu)
	return f
}

func (f *ferryQueue) Board() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.cars == 0 {
		f.cond.Wait()
		f.cond.Signal()
	}
	f.cars--
}

func (f *ferryQueue) AwaitGone() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.gone {
		f.cond.Wait()
		f.cond.Signal()
	}
}

func (f *ferryQueue) Come() {
	f.mu.Lock()
	f.cars++
	f.mu.Unlock()
	f.cond.Signal()
}

func (f *ferryQueue) Go() {
	f.mu.Lock()
	f.gone = true
	f.mu.Unlock()
	f.cond.Signal()
}

// Only one goroutine waits for work, and it is the one that tells when all is done.
type press struct {
	mu      sync.Mutex
	cond    *sync.Cond
	sheets  int
	pending int
}

func startPress() *press {
	p := &press{}
	p.cond = sync.NewCond(&p.mu)
	go p.run()
	return p
}

func (p *press) run() {
	for {
		p.mu.Lock()
		for p.sheets == 0 {
			p.cond.Wait()
		}
		p.sheets--
		p.mu.Unlock()
		hammer()
		p.mu.Lock()
		p.pending--
		p.mu.Unlock()
		p.cond.Signal()
	}
}

func (p *press) Print() {
	p.mu.Lock()
	p.sheets++
	p.pending++
	p.mu.Unlock()
	p.cond.Broadcast()
}

func (p *press) Flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.pending > 0 {
		p.cond.Wait()
	}
}

// Everybody is woken while somebody waits for the other thing.
type market struct {
	mu      sync.Mutex
	cond    *sync.Cond
	stalls  int
	booked  int
	patient int
}

func newMarket(stalls int) *market {
	m := &market{stalls: stalls}
	m.cond = sync.NewCond(&m.mu)
	return m
}

func (m *market) Book() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for m.booked == m.stalls {
		m.cond.Wait()
	}
	m.booked++
}

func (m *market) AwaitNight() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.patient++
	for m.booked > 0 {
		m.cond.Wait()
	}
	m.patient--
}

func (m *market) Leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.booked--
	if m.patient > 0 {
		m.cond.Broadcast()
	} else {
		m.cond.Signal()
	}
}

// Once somebody waits for the end, nobody waits for a seat.
type salon struct {
	mu     sync.Mutex
	cond   *sync.Cond
	chairs int
	guests int
	shut   bool
}

func newSalon(chairs int) *salon {
	s := &salon{chairs: chairs}
	s.cond = sync.NewCond(&s.mu)
	return s
}

func (s *salon) Sit() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.guests >= s.chairs && !s.shut {
		s.cond.Wait()
	}
	if s.shut {
		return false
	}
	s.guests++
	return true
}

func (s *salon) Rise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.guests--
	s.cond.Signal()
}

func (s *salon) Shut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = true
	s.cond.Broadcast()
	for s.guests > 0 {
		s.cond.Wait()
	}
}

// The caller wakes everybody.
type lido struct {
	mu    sync.Mutex
	cond  *sync.Cond
	lanes int
	used  int
}

func newLido(lanes int) *lido {
	l := &lido{lanes: lanes}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *lido) Swim() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.used == l.lanes {
		l.cond.Wait()
	}
	l.used++
}

func (l *lido) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.used--
	l.cond.Signal()
}

func (l *lido) AwaitCalm() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.used > 0 {
		l.cond.Wait()
	}
}

func (l *lido) Leave() {
	l.leave()
	l.cond.Broadcast()
}

// When it is done nobody waits for the start any more, as far as is seen.
type voyage struct {
	mu      sync.Mutex
	cond    *sync.Cond
	started bool
	docked  bool
}

func newVoyage() *voyage {
	v := &voyage{}
	v.cond = sync.NewCond(&v.mu)
	return v
}

func (v *voyage) CastOff() {
	v.mu.Lock()
	v.started = true
	v.mu.Unlock()
	v.cond.Broadcast()
}

func (v *voyage) Dock() {
	v.mu.Lock()
	v.docked = true
	v.mu.Unlock()
	v.cond.Signal()
}

func (v *voyage) AwaitStart() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for !v.started {
		v.cond.Wait()
	}
}

func (v *voyage) AwaitDock() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for !v.docked {
		v.cond.Wait()
	}
}

// The same by one goroutine, with a count: nothing is carried before the start.
type porter struct {
	mu      sync.Mutex
	cond    *sync.Cond
	ready   bool
	carried int
}

func startPorter() *porter {
	p := &porter{}
	p.cond = sync.NewCond(&p.mu)
	go p.carry()
	return p
}

func (p *porter) carry() {
	p.mu.Lock()
	p.ready = true
	p.mu.Unlock()
	p.cond.Broadcast()
	for {
		p.mu.Lock()
		p.carried++
		p.mu.Unlock()
		p.cond.Signal()
	}
}

func (p *porter) AwaitReady() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.ready {
		p.cond.Wait()
	}
}

func (p *porter) AwaitSome() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.carried < 2 {
		p.cond.Wait()
	}
}

// Everybody looks again after a while.
type lodge struct {
	mu   sync.Mutex
	cond *sync.Cond
	beds int
	used int
}

func newLodge(beds int) *lodge {
	l := &lodge{beds: beds}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *lodge) Sleep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.used == l.beds {
		timer := time.AfterFunc(time.Second, l.cond.Broadcast)
		l.cond.Wait()
		timer.Stop()
	}
	l.used++
}

func (l *lodge) Rise() {
	l.mu.Lock()
	l.used--
	l.mu.Unlock()
	l.cond.Signal()
}

func (l *lodge) AwaitEmpty() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.used > 0 {
		l.cond.Wait()
	}
}

// Only one of the two can be waiting.
type seesaw struct {
	mu   sync.Mutex
	next *sync.Cond
	turn int
}

func newSeesaw() *seesaw {
	s := &seesaw{}
	s.next = sync.NewCond(&s.mu)
	return s
}

func (s *seesaw) Left() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.turn != 0 {
		s.next.Wait()
	}
	s.turn = 1
	s.next.Signal()
}

func (s *seesaw) Right() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.turn != 1 {
		s.next.Wait()
	}
	s.turn = 1 - s.turn
	s.next.Signal()
}

// While there are visitors no other visitor waits.
type chapel struct {
	mu       sync.Mutex
	cond     *sync.Cond
	visitors int
	closed   bool
}

func newChapel() *chapel {
	c := &chapel{}
	c.cond = sync.NewCond(&c.mu)
	return c
}

func (c *chapel) Enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.closed {
		c.cond.Wait()
	}
	c.visitors++
}

func (c *chapel) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.visitors--
	if c.visitors == 0 {
		c.cond.Signal()
	}
}

func (c *chapel) Sweep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.closed || c.visitors > 0 {
		c.cond.Wait()
	}
	c.closed = true
}

func (c *chapel) Swept() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = false
	c.cond.Broadcast()
}
