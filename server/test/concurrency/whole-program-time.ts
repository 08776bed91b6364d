/** Pairs of tests in which it matters when something happens: clocks, flags, and locks that others want meanwhile. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_IN_TIME: Pair[] = [
  {
    title: 'a clock that a test sets by hand says which timers fire',
    leaky: `type clock struct {
	mu      sync.Mutex
	now     time.Time
	waiters []*waiter
}

type waiter struct {
	at time.Time
	ch chan time.Time
}

func (c *clock) after(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &waiter{at: c.now.Add(d), ch: make(chan time.Time)}
	c.waiters = append(c.waiters, w)
	return w.ch
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, w := range c.waiters {
		if !w.at.After(c.now) {
			w.ch <- c.now // leak: abandoned-send
		}
	}
}

func TestAdvance(t *testing.T) {
	c := &clock{now: time.Unix(0, 0)}
	c.after(time.Minute)
	c.advance(time.Second)
	c.after(time.Second)
	c.advance(5 * time.Second)
}
`,
    fixed: `type clock struct {
	mu      sync.Mutex
	now     time.Time
	waiters []*waiter
}

type waiter struct {
	at time.Time
	ch chan time.Time
}

func (c *clock) after(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &waiter{at: c.now.Add(d), ch: make(chan time.Time, 1)}
	c.waiters = append(c.waiters, w)
	return w.ch
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, w := range c.waiters {
		if !w.at.After(c.now) {
			w.ch <- c.now
		}
	}
}

func TestAdvance(t *testing.T) {
	c := &clock{now: time.Unix(0, 0)}
	c.after(time.Minute)
	c.advance(time.Second)
	c.after(time.Second)
	c.advance(5 * time.Second)
}
`,
  },
  {
    title: 'the real clock may show anything',
    leaky: `type keeper struct {
	mu     sync.Mutex
	tokens map[string]time.Time
	stop   chan chan struct{}
}

func (k *keeper) run() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	ends := time.Now().Add(time.Minute)
	for {
		select {
		case <-tick.C:
			if time.Now().After(ends) {
				k.drop("old")
			}
		case done := <-k.stop:
			close(done)
			return
		}
	}
}

func (k *keeper) drop(name string) {
	k.mu.Lock()
	delete(k.tokens, name)
	k.mu.Unlock()
}

func (k *keeper) close() {
	k.mu.Lock()
	done := make(chan struct{})
	k.stop <- done // leak: blocking-under-lock
	<-done
	k.mu.Unlock()
}

func TestKeeper(t *testing.T) {
	k := &keeper{tokens: map[string]time.Time{}, stop: make(chan chan struct{})}
	go k.run()
	k.close()
}
`,
    fixed: `type keeper struct {
	mu     sync.Mutex
	tokens map[string]time.Time
	stop   chan chan struct{}
}

func (k *keeper) run() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	ends := time.Now().Add(time.Minute)
	for {
		select {
		case <-tick.C:
			if time.Now().After(ends) {
				k.drop("old")
			}
		case done := <-k.stop:
			close(done)
			return
		}
	}
}

func (k *keeper) drop(name string) {
	k.mu.Lock()
	delete(k.tokens, name)
	k.mu.Unlock()
}

func (k *keeper) close() {
	k.mu.Lock()
	k.mu.Unlock()
	done := make(chan struct{})
	k.stop <- done
	<-done
}

func TestKeeper(t *testing.T) {
	k := &keeper{tokens: map[string]time.Time{}, stop: make(chan chan struct{})}
	go k.run()
	k.close()
}
`,
  },
  {
    title: 'a flag is set between its test and the wait',
    leaky: `type queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed int32
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for atomic.LoadInt32(&q.closed) == 0 {
		q.cond.Wait() // leak: cond-wait
	}
}

func (q *queue) close() {
	atomic.StoreInt32(&q.closed, 1)
	q.cond.Broadcast()
}

func TestQueue(t *testing.T) {
	q := newQueue()
	go q.wait()
	q.close()
}
`,
    fixed: `type queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed int32
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for atomic.LoadInt32(&q.closed) == 0 {
		q.cond.Wait()
	}
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	atomic.StoreInt32(&q.closed, 1)
	q.cond.Broadcast()
}

func TestQueue(t *testing.T) {
	q := newQueue()
	go q.wait()
	q.close()
}
`,
  },
  {
    title: 'a lock is wanted by what fmt writes to',
    leaky: `type logger struct {
	mu    sync.Mutex
	bytes int
}

func (l *logger) Write(p []byte) (int, error) {
	l.mu.Lock() // leak: double-lock
	defer l.mu.Unlock()
	l.bytes += len(p)
	return len(p), nil
}

func (l *logger) rotate() {
	l.mu.Lock()
	n := l.bytes
	l.bytes = 0
	fmt.Fprintf(l, "rotated after %d bytes\\n", n)
	l.mu.Unlock()
}

func TestRotate(t *testing.T) {
	l := &logger{}
	go l.rotate()
}
`,
    fixed: `type logger struct {
	mu    sync.Mutex
	bytes int
}

func (l *logger) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bytes += len(p)
	return len(p), nil
}

func (l *logger) rotate() {
	l.mu.Lock()
	n := l.bytes
	l.bytes = 0
	l.mu.Unlock()
	fmt.Fprintf(l, "rotated after %d bytes\\n", n)
}

func TestRotate(t *testing.T) {
	l := &logger{}
	go l.rotate()
}
`,
  },
  {
    title: 'a loop that a timer wakes comes to its end',
    leaky: `type monitor struct {
	stop    chan struct{}
	results chan int
	runs    int
}

func (m *monitor) loop() {
	for {
		select {
		case <-m.stop:
			return
		case <-time.After(time.Second):
			m.runs++
			n := m.runs
			go func() { m.results <- n }() // leak: surplus-senders|abandoned-send
			select {
			case <-m.stop:
				return
			case <-m.results:
			}
		}
	}
}

func TestMonitor(t *testing.T) {
	m := &monitor{stop: make(chan struct{}), results: make(chan int)}
	go m.loop()
	time.Sleep(time.Second)
	close(m.stop)
}
`,
    fixed: `type monitor struct {
	stop    chan struct{}
	results chan int
	runs    int
}

func (m *monitor) loop() {
	for {
		select {
		case <-m.stop:
			return
		case <-time.After(time.Second):
			m.runs++
			n := m.runs
			go func() { m.results <- n }()
			select {
			case <-m.stop:
				<-m.results
				return
			case <-m.results:
			}
		}
	}
}

func TestMonitor(t *testing.T) {
	m := &monitor{stop: make(chan struct{}), results: make(chan int)}
	go m.loop()
	time.Sleep(time.Second)
	close(m.stop)
}
`,
  },
  {
    title: 'a flag is asked for again and again',
    leaky: `func TestFlag(t *testing.T) {
	var started atomic.Bool
	ch := make(chan int)
	go func() {
		started.Store(true)
		ch <- 1 // leak: abandoned-send
	}()
	for !started.Load() {
		time.Sleep(time.Millisecond)
	}
}
`,
    fixed: `func TestFlag(t *testing.T) {
	var started atomic.Bool
	ch := make(chan int, 1)
	go func() {
		started.Store(true)
		ch <- 1
	}()
	for !started.Load() {
		time.Sleep(time.Millisecond)
	}
}
`,
  },
];
