/** Small programs with locks, groups, conditions and counters in which somebody waits for ever; marks say where. */
import type { Shape } from './blocked-channel-shapes.ts';

export const BLOCKED_SYNC: readonly Shape[] = [
  {
    title:
      'where a deferred function locks again what its function has not unlocked, and a transaction unlocks for others',
    code: `type DB struct {
	mu   sync.Mutex
	busy bool
	seek func() error
}

type Tx struct{ db *DB }

func (db *DB) Begin() *Tx {
	db.mu.Lock()
	return &Tx{db}
}

func (tx *Tx) Rollback() { tx.db.mu.Unlock() }

func (db *DB) Shrink() error {
	db.mu.Lock()
	if db.busy {
		db.mu.Unlock()
		return nil
	}
	db.busy = true
	defer func() {
		db.mu.Lock() // leak: double-lock
		db.busy = false
		db.mu.Unlock()
	}()
	if err := db.seek(); err != nil {
		return err
	}
	db.mu.Unlock()
	return nil
}`,
  },
  {
    title: 'a Wait for a goroutine that returns early',
    code: `func f(ok bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if !ok {
			return
		}
		wg.Done()
	}()
	wg.Wait() // leak: waitgroup-missing-done
}`,
  },
  {
    title: 'a Done skipped by a panic that is recovered',
    code: `func f(run func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { _ = recover() }()
		if run == nil {
			panic("nothing to run")
		}
		wg.Done()
	}()
	wg.Wait() // leak: waitgroup-missing-done
}`,
  },
  {
    title: 'a Wait before the receives',
    code: `func f(items []string) {
	ch := make(chan int)
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ch <- len(item)
		}()
	}
	wg.Wait() // leak: wait-before-drain
	close(ch)
	for n := range ch {
		println(n)
	}
}`,
  },
  {
    title: 'a deferred Wait that runs before the deferred close',
    code: `func f(run func()) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer close(stop)
	defer wg.Wait() // leak: wait-before-drain
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-stop
	}()
	run()
}`,
  },
  {
    title: 'an errgroup whose members wait for one another',
    code: `func f() error {
	var g errgroup.Group
	ch := make(chan int)
	g.Go(func() error {
		ch <- 1
		return nil
	})
	err := g.Wait() // leak: wait-before-drain
	<-ch
	return err
}`,
  },
  {
    title: 'an errgroup with a limit that its first member fills',
    code: `func f() error {
	var g errgroup.Group
	g.SetLimit(1)
	ch := make(chan int)
	g.Go(func() error {
		ch <- 1
		return nil
	})
	g.Go(func() error { // leak: wait-before-drain
		<-ch
		return nil
	})
	return g.Wait()
}`,
  },
  {
    title: 'a lock that is never let go of',
    code: `func f(fail bool) {
	var mu sync.Mutex
	done := make(chan bool, 1)
	go func() {
		mu.Lock()
		done <- true
		if fail {
			return
		}
		mu.Unlock()
	}()
	<-done
	mu.Lock() // leak: missing-unlock
	mu.Unlock()
}`,
  },
  {
    title: 'a lock taken twice, through a method',
    code: `type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) get() int {
	c.mu.Lock() // leak: double-lock
	defer c.mu.Unlock()
	return c.n
}

func (c *counter) add() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.get()
}`,
  },
  {
    title: 'an embedded lock taken twice',
    code: `type table struct {
	sync.RWMutex
	rows []string
}

func (t *table) size() int {
	t.RLock() // leak: double-lock
	defer t.RUnlock()
	return len(t.rows)
}

func use() {
	t := &table{}
	t.Lock()
	defer t.Unlock()
	println(t.size())
}`,
  },
  {
    title: 'a lock taken twice, through a method value',
    code: `type counter struct{ mu sync.Mutex }

func (c *counter) reset() {
	c.mu.Lock() // leak: double-lock
	defer c.mu.Unlock()
}

func use() {
	c := &counter{}
	reset := c.reset
	c.mu.Lock()
	defer c.mu.Unlock()
	reset()
}`,
  },
  {
    title: 'a lock taken twice, through a function field',
    code: `type bus struct {
	mu   sync.Mutex
	hook func()
}

func use() {
	b := &bus{}
	b.hook = func() {
		b.mu.Lock() // leak: double-lock
		b.mu.Unlock()
	}
	b.mu.Lock()
	b.hook()
	b.mu.Unlock()
}`,
  },
  {
    title: 'a lock taken twice, through an interface with one implementation',
    code: `type store interface{ save() }

type disk struct{ mu sync.Mutex }

func (d *disk) save() {
	d.mu.Lock() // leak: double-lock
	defer d.mu.Unlock()
}

func use() {
	d := &disk{}
	var s store = d
	d.mu.Lock()
	defer d.mu.Unlock()
	s.save()
}`,
  },
  {
    title: 'a lock taken twice in a generic type',
    code: `type box[T any] struct {
	mu sync.Mutex
	v  T
}

func (b *box[T]) get() T {
	b.mu.Lock() // leak: double-lock
	defer b.mu.Unlock()
	return b.v
}

func use() {
	b := &box[int]{}
	b.mu.Lock()
	defer b.mu.Unlock()
	println(b.get())
}`,
  },
  {
    title: 'a second read while a writer waits',
    code: `func f() {
	var mu sync.RWMutex
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	mu.RLock()
	defer mu.RUnlock()
	mu.RLock() // leak: double-lock
	mu.RUnlock()
}`,
  },
  {
    title: 'two locks in opposite orders',
    code: `func f() {
	var a, b sync.Mutex
	go func() {
		b.Lock()
		a.Lock()
		a.Unlock()
		b.Unlock()
	}()
	a.Lock()
	b.Lock() // leak: lock-order
	b.Unlock()
	a.Unlock()
}`,
  },
  {
    title: 'a receive with the lock held that the sender needs',
    code: `func f() {
	var mu sync.Mutex
	ch := make(chan int)
	mu.Lock()
	go func() {
		mu.Lock()
		ch <- 1
		mu.Unlock()
	}()
	<-ch // leak: blocking-under-lock
	mu.Unlock()
}`,
  },
  {
    title: 'a signal that comes before the wait',
    code: `func f() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	go cond.Signal()
	mu.Lock()
	cond.Wait() // leak: cond-wait
	mu.Unlock()
}`,
  },
  {
    title: 'a Once whose function comes back to it',
    code: `func f() {
	var once sync.Once
	once.Do(func() {
		once.Do(func() {}) // leak: once-recursion
	})
}`,
  },
  {
    title: 'a send left out where a semaphore fails with its context',
    code: `func f(ctx context.Context, s *semaphore.Weighted) int {
	ch := make(chan int, 1)
	send := func() { ch <- 1 }
	if err := s.Acquire(ctx, 1); err != nil {
		send = func() {}
	}
	go send()
	return <-ch // leak: receive-without-sender
}`,
  },
  {
    title: 'a Wait for who waits for a context that is cancelled afterwards',
    code: `func f() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-ctx.Done()
	}()
	wg.Wait() // leak: wait-before-drain
}`,
  },
  {
    title: 'a wait for a context that nobody can cancel',
    code: `func f() {
	done := make(chan struct{})
	ctx, _ := context.WithCancel(context.Background())
	go func() {
		defer close(done)
		<-ctx.Done() // leak: receive-without-sender
	}()
	<-done
}`,
  },
  {
    title: 'a loop that only its ticker keeps going',
    code: `type janitor struct {
	mu   sync.Mutex
	seen int
	stop chan struct{}
}

func f() {
	j := &janitor{stop: make(chan struct{})}
	go j.loop()
}

func (j *janitor) loop() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select { // leak: receive-without-sender
		case <-t.C:
			j.mu.Lock()
			j.seen = 0
			j.mu.Unlock()
		case <-j.stop:
			return
		}
	}
}`,
  },
  {
    title: 'a Wait for as many workers as a field says, before their results are received',
    code: `type pool struct{ workers int }

func (p *pool) run(work func() int) (sum int) {
	results := make(chan int)
	var wg sync.WaitGroup
	wg.Add(p.workers)
	for i := 0; i < p.workers; i++ {
		go func() {
			defer wg.Done()
			results <- work()
		}()
	}
	wg.Wait() // leak: wait-before-drain
	close(results)
	for r := range results {
		sum += r
	}
	return sum
}`,
  },
  {
    title: 'a lock that a call has kept, and that a function it calls took',
    code: `type page struct{ latch sync.Mutex }

func (p *page) pin() {
	p.latch.Lock() // leak: double-lock
}

func (p *page) write(n int) error {
	p.pin()
	if n > 64 {
		return errors.New("too long")
	}
	p.latch.Unlock()
	return nil
}

func f() {
	p := &page{}
	_ = p.write(65)
	_ = p.write(0)
}`,
  },
  {
    title: 'a send under a lock that its receiver wants when it leaves',
    code: `type hub struct {
	mu    sync.Mutex
	lines chan int
	left  bool
}

func (h *hub) follow() {
	<-h.lines
	h.mu.Lock()
	defer h.mu.Unlock()
	h.left = true
}

func f() {
	h := &hub{lines: make(chan int)}
	go h.follow()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines <- 1
	h.lines <- 2 // leak: blocking-under-lock
}`,
  },
  {
    title: 'members of a group that nobody receives from until others are done',
    code: `func f(names []string) {
	results, errs := make(chan string), make(chan error, 1)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			if name == "" {
				errs <- errors.New("no name") // leak: surplus-senders
				return
			}
			results <- name
		})
	}
	go func() {
		wg.Wait()
		close(results)
		close(errs)
	}()
	for range results {
	}
	for range errs {
	}
}`,
  },
  {
    title: 'a lock that a loop takes again, behind a loop that only marks',
    code: `type volume struct {
	mu   sync.Mutex
	refs map[string]bool
	used int
}

func lockAll(vs ...*volume) {
	for _, v := range vs {
		v.refs["a"] = true
		v.used = 1
	}
	for _, v := range vs {
		v.mu.Lock() // leak: double-lock
		defer v.mu.Unlock()
	}
}

func f() {
	data := &volume{refs: map[string]bool{}}
	lockAll(data, data)
}`,
  },
];
