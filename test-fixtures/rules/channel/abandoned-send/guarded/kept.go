package guarded

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Drains what is still sent after its loop.
type drained struct {
	in, out chan int
	done    chan struct{}
}

func newDrained() *drained {
	return &drained{in: make(chan int), out: make(chan int), done: make(chan struct{})}
}

func (d *drained) Run(ctx context.Context) {
	defer close(d.done)
	for {
		select {
		case <-ctx.Done():
			go func() {
				for range d.out {
				}
			}()
			return
		case <-d.in:
		case <-d.out:
		}
	}
}

func (d *drained) Put(n int) {
	select {
	case d.in <- n:
	case <-d.done:
	}
}

func (d *drained) Take(n int) {
	d.out <- n
}

// All senders have ended before the loop is told to.
type waited struct {
	jobs, hints chan int
	quit        chan struct{}
	workers     sync.WaitGroup
}

func newWaited() *waited {
	w := &waited{jobs: make(chan int), hints: make(chan int), quit: make(chan struct{})}
	go w.loop()
	for i := range 4 {
		w.workers.Add(1)
		go w.work(i)
	}
	return w
}

func (w *waited) loop() {
	for {
		select {
		case <-w.jobs:
		case <-w.hints:
		case <-w.quit:
			return
		}
	}
}

func (w *waited) work(n int) {
	defer w.workers.Done()
	w.jobs <- n
}

func (w *waited) Hint(n int) {
	select {
	case w.hints <- n:
	case <-w.quit:
	}
}

func (w *waited) Close() {
	w.workers.Wait()
	close(w.quit)
}

// A flag under the lock that Close takes says whether the loop is there.
type flagged struct {
	mu     sync.Mutex
	closed bool
	in     chan int
	urgent chan int
	stop   chan struct{}
}

func newFlagged() *flagged {
	f := &flagged{in: make(chan int), urgent: make(chan int), stop: make(chan struct{})}
	go f.loop()
	return f
}

func (f *flagged) loop() {
	for {
		select {
		case <-f.in:
		case <-f.urgent:
		case <-f.stop:
			return
		}
	}
}

func (f *flagged) Put(n int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	f.in <- n
	return true
}

func (f *flagged) Urgent(n int) {
	select {
	case f.urgent <- n:
	case <-f.stop:
	}
}

func (f *flagged) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed = true
		close(f.stop)
	}
}

// Sends first, and ends the loop then.
type flusher struct {
	lines chan string
	flush chan chan struct{}
	quit  chan struct{}
}

func newFlusher() *flusher {
	f := &flusher{lines: make(chan string), flush: make(chan chan struct{}), quit: make(chan struct{})}
	go f.loop()
	return f
}

func (f *flusher) loop() {
	for {
		select {
		case <-f.lines:
		case c := <-f.flush:
			close(c)
		case <-f.quit:
			return
		}
	}
}

func (f *flusher) Log(s string) {
	select {
	case f.lines <- s:
	case <-f.quit:
	}
}

func (f *flusher) sync() {
	c := make(chan struct{})
	f.flush <- c
	<-c
}

func (f *flusher) Close() {
	f.sync()
	close(f.quit)
}

// The loop goes on until everybody has left.
type counted struct {
	enter, leave chan struct{}
	stop         chan struct{}
	done         chan struct{}
}

func newCounted() *counted {
	return &counted{enter: make(chan struct{}), leave: make(chan struct{}), stop: make(chan struct{}), done: make(chan struct{})}
}

func (c *counted) Run() {
	defer close(c.done)
	n := 0
	stop := c.stop
	for {
		select {
		case <-c.enter:
			n++
		case <-c.leave:
			n--
		case <-stop:
			stop = nil
		}
		if stop == nil && n == 0 {
			return
		}
	}
}

func (c *counted) Do(work func()) {
	select {
	case c.enter <- struct{}{}:
	case <-c.done:
		return
	}
	defer func() { c.leave <- struct{}{} }()
	work()
}

// Nobody expects the end of the loop: no sender watches for it. That is worth a look only.
type plain struct {
	a, b chan int
	done chan struct{}
}

func newPlain() *plain {
	return &plain{a: make(chan int), b: make(chan int), done: make(chan struct{})}
}

func (p *plain) Run(ctx context.Context) {
	defer close(p.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.a:
		case <-p.b:
		}
	}
}

func (p *plain) A(n int) { p.a <- n } // want hint "nobody is left who could receive from `p.a`"
func (p *plain) B(n int) { p.b <- n } // want hint "nobody is left who could receive from `p.b`"

// There is room.
type roomy struct {
	events chan int
	alerts chan int
	done   chan struct{}
}

func newRoomy() *roomy {
	return &roomy{events: make(chan int, 16), alerts: make(chan int), done: make(chan struct{})}
}

func (r *roomy) Run(ctx context.Context) {
	defer close(r.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.events:
		case <-r.alerts:
		}
	}
}

func (r *roomy) Event(n int) { r.events <- n }

func (r *roomy) Alert(n int) {
	select {
	case r.alerts <- n:
	case <-r.done:
	}
}

// Others than the loop receive, too.
type shared struct {
	work, more chan int
	done       chan struct{}
}

func newShared() *shared {
	return &shared{work: make(chan int), more: make(chan int), done: make(chan struct{})}
}

func (s *shared) Run(ctx context.Context) {
	defer close(s.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.work:
		case <-s.more:
		}
	}
}

func (s *shared) Next() int { return <-s.work }

func (s *shared) Work(n int) { s.work <- n }

func (s *shared) More(n int) {
	select {
	case s.more <- n:
	case <-s.done:
	}
}

// Gives up in its own way.
type patient struct {
	in, fast chan int
	done     chan struct{}
	stopped  atomic.Bool
}

func newPatient() *patient {
	return &patient{in: make(chan int), fast: make(chan int), done: make(chan struct{})}
}

func (p *patient) Run(ctx context.Context) {
	defer close(p.done)
	for {
		select {
		case <-ctx.Done():
			p.stopped.Store(true)
			return
		case <-p.in:
		case <-p.fast:
		}
	}
}

func (p *patient) Put(n int) {
	select {
	case p.in <- n:
	case <-time.After(time.Second):
	}
}

func (p *patient) Try(n int) bool {
	select {
	case p.in <- n:
		return true
	default:
		return false
	}
}

func (p *patient) Fast(ctx context.Context, n int) {
	select {
	case p.fast <- n:
	case <-p.done:
	case <-ctx.Done():
	}
}

// Unless may be overtaken by the end, between its question and its send.
func (p *patient) Unless(n int) {
	if !p.stopped.Load() {
		p.in <- n // want hint "abandoned-send"
	}
}

// Who calls has looked at the flag, but it may be set since.
func (p *patient) pass(n int) {
	p.in <- n // want hint "abandoned-send"
}

func (p *patient) Pass(n int) {
	if p.stopped.Load() {
		return
	}
	p.pass(n)
}

// The loop starts anew: only after Close nobody receives.
type revived struct {
	in, fast chan int
	done     chan struct{}
	broken   chan error
}

func newRevived() *revived {
	r := &revived{in: make(chan int), fast: make(chan int), done: make(chan struct{}), broken: make(chan error)}
	go func() {
		for r.run() {
			time.Sleep(time.Second)
		}
	}()
	return r
}

func (r *revived) run() (again bool) {
	for {
		select {
		case <-r.broken:
			return true
		case <-r.done:
			return false
		case <-r.in:
		case <-r.fast:
		}
	}
}

func (r *revived) Put(n int) {
	r.in <- n // want hint "nobody is left who could receive from `r.in`"
}

func (r *revived) Fast(n int) {
	select {
	case r.fast <- n:
	case <-r.done:
	}
}

func (r *revived) Break(err error) {
	select {
	case r.broken <- err:
	case <-r.done:
	}
}

func (r *revived) Close() { close(r.done) }

// Everybody has left before the context is cancelled.
type room struct {
	enter, leave chan string
	done         chan struct{}
}

func (r *room) run(ctx context.Context) {
	defer close(r.done)
	inside := map[string]bool{}
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-r.enter:
			inside[n] = true
		case n := <-r.leave:
			delete(inside, n)
		}
	}
}

func (r *room) visit(name string, stay func()) {
	select {
	case r.enter <- name:
	case <-r.done:
		return
	}
	stay()
	r.leave <- name
}

func party(names []string, stay func()) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := &room{enter: make(chan string), leave: make(chan string), done: make(chan struct{})}
	go r.run(ctx)
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Go(func() { r.visit(n, stay) })
	}
	wg.Wait()
}

// Who ends the loop is told to when all others have ended.
type journal struct {
	entries, drops chan int
	quit           chan struct{}
}

func newJournal() *journal {
	j := &journal{entries: make(chan int), drops: make(chan int), quit: make(chan struct{})}
	go j.loop()
	return j
}

func (j *journal) loop() {
	for {
		select {
		case <-j.entries:
		case <-j.drops:
		case <-j.quit:
			return
		}
	}
}

func (j *journal) add(n int) {
	select {
	case j.entries <- n:
	case <-j.quit:
	}
}

func (j *journal) drop(n int) {
	j.drops <- n
}

func (j *journal) end() {
	close(j.quit)
}

func archive(ns []int, keep func(int) bool) {
	j := newJournal()
	var wg sync.WaitGroup
	for _, n := range ns {
		wg.Go(func() {
			j.add(n)
			if !keep(n) {
				j.drop(n)
			}
		})
	}
	wg.Wait()
	j.end()
}

// Stop is a pause: what is sent until Start is received then.
type pump struct {
	in, fast chan int
	quit     chan struct{}
}

func newPump() *pump {
	return &pump{in: make(chan int), fast: make(chan int)}
}

func (p *pump) start() {
	p.quit = make(chan struct{})
	go p.loop()
}

func (p *pump) loop() {
	for {
		select {
		case <-p.in:
		case <-p.fast:
		case <-p.quit:
			return
		}
	}
}

func (p *pump) put(n int) {
	p.in <- n
}

func (p *pump) putFast(n int) {
	select {
	case p.fast <- n:
	case <-p.quit:
	}
}

func pumpAll(ns []int) {
	p := newPump()
	p.start()
	go func() {
		for _, n := range ns {
			p.put(n)
			p.putFast(n)
		}
	}()
	close(p.quit)
	p.start()
}
