/** Small programs with locks, groups, conditions and counters of which the concurrency model says nothing. */
import type { Shape } from './blocked-channel-shapes.ts';

export const SILENT_SYNC: readonly Shape[] = [
  {
    title: 'where another goroutine lets go of the lock once it has been told to',
    code: `func f(ready *atomic.Int64, ask func()) {
	var mu sync.Mutex
	mu.Lock()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		mu.Lock()
		defer mu.Unlock()
	}()
	start := make(chan bool, 1)
	go func() {
		start <- true
		mu.Unlock()
	}()
	wg.Wait()
	<-start
}`,
  },
  {
    title: 'where a semaphore cannot fail',
    code: `func f(s *semaphore.Weighted) int {
	ch := make(chan int, 1)
	send := func() { ch <- 1 }
	if err := s.Acquire(context.Background(), 1); err != nil {
		send = func() {}
	}
	go send()
	return <-ch
}`,
  },
  {
    title: 'where the last of a counted group closes',
    code: `func f(fs []func()) {
	var left atomic.Int32
	left.Store(int32(len(fs)))
	done := make(chan struct{})
	if len(fs) == 0 {
		return
	}
	for _, x := range fs {
		go func() {
			x()
			if left.Add(-1) == 0 {
				close(done)
			}
		}()
	}
	<-done
}`,
  },
  {
    title: 'where the last of a group counted under a lock closes',
    code: `func f(n int, work func(int)) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	here := 0
	open := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			work(i)
			mu.Lock()
			here++
			last := here == n
			mu.Unlock()
			if last {
				close(open)
			}
			<-open
		})
	}
	wg.Wait()
}`,
  },
  {
    title: 'where neighbours of a ring are two because there are at least two',
    code: `func eat(first, second *sync.Mutex) {
	first.Lock()
	defer first.Unlock()
	second.Lock()
	defer second.Unlock()
}

func f(n int) {
	if n < 2 {
		return
	}
	forks := make([]sync.Mutex, n)
	var wg sync.WaitGroup
	for i := range n {
		left, right := &forks[i], &forks[(i+1)%n]
		if i == n-1 {
			left, right = right, left
		}
		wg.Go(func() { eat(left, right) })
	}
	wg.Wait()
}`,
  },
  {
    title: 'where a consumer leaves with the error that says the queue is closed',
    code: `type ring struct {
	mu                sync.Mutex
	notEmpty, notFull *sync.Cond
	items             []int
	closed            bool
}

func newRing() *ring {
	r := &ring{}
	r.notEmpty, r.notFull = sync.NewCond(&r.mu), sync.NewCond(&r.mu)
	return r
}

func (r *ring) put(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.items) == 2 {
		r.notFull.Wait()
	}
	r.items = append(r.items, v)
	r.notEmpty.Signal()
}

func (r *ring) get() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.items) == 0 {
		if r.closed {
			return 0, io.EOF
		}
		r.notEmpty.Wait()
	}
	v := r.items[0]
	r.items = r.items[1:]
	r.notFull.Signal()
	return v, nil
}

func (r *ring) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.notEmpty.Broadcast()
}

func f(work func(int)) {
	r := newRing()
	go func() {
		defer r.close()
		for v := range 4 {
			r.put(v)
		}
	}()
	go func() {
		for {
			v, err := r.get()
			if err == io.EOF {
				return
			}
			work(v)
		}
	}()
}`,
  },
  {
    title: 'where workers share an index and one of them finishes the last item',
    code: `func f(items []string, workers int, use func(string)) {
	if len(items) == 0 {
		return
	}
	workers = max(1, min(workers, len(items)))
	var next, finished atomic.Int64
	done := make(chan struct{})
	for range workers {
		go func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				use(items[i])
				if int(finished.Add(1)) == len(items) {
					close(done)
				}
			}
		}()
	}
	<-done
}`,
  },
  {
    title: 'where members of an errgroup end with its context',
    code: `func f(ctx context.Context, next func() (int, error)) error {
	g, ctx := errgroup.WithContext(ctx)
	ch := make(chan int)
	g.Go(func() error {
		n, err := next()
		if err != nil {
			return err
		}
		select {
		case ch <- n:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	g.Go(func() error {
		select {
		case <-ch:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	return g.Wait()
}`,
  },
  {
    title: 'where an errgroup has a limit and its members end',
    code: `func f(items []string, run func(string)) error {
	var g errgroup.Group
	g.SetLimit(2)
	for _, item := range items {
		g.Go(func() error {
			run(item)
			return nil
		})
	}
	return g.Wait()
}`,
  },
  {
    title: 'where the wait of a Cond is guarded',
    code: `func f() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		ready = true
		mu.Unlock()
		cond.Broadcast()
	}()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
}`,
  },
  {
    title: 'where two callers share a Once',
    code: `func f(load func()) {
	var once sync.Once
	go once.Do(load)
	once.Do(load)
}`,
  },
  {
    title: 'where readers come one after the other',
    code: `func f() {
	var mu sync.RWMutex
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	mu.RLock()
	mu.RUnlock()
	mu.RLock()
	mu.RUnlock()
}`,
  },
  {
    title: 'where there are readers only',
    code: `func f() {
	var mu sync.RWMutex
	go func() {
		mu.RLock()
		mu.RUnlock()
	}()
	mu.RLock()
	defer mu.RUnlock()
	mu.RLock()
	mu.RUnlock()
}`,
  },
  {
    title: 'where a lock is only tried',
    code: `func f() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	if mu.TryLock() {
		mu.Unlock()
	}
}`,
  },
  {
    title: 'where two values have a lock each',
    code: `type node struct{ mu sync.Mutex }

func link(a, b *node) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
}`,
  },
  {
    title: 'where deferred calls run last in, first out',
    code: `func f(run func()) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(stop)
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-stop
	}()
	run()
}`,
  },
  {
    title: 'where a panic still runs what is deferred',
    code: `func f(run func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { _ = recover() }()
		defer wg.Done()
		if run == nil {
			panic("nothing to run")
		}
		run()
	}()
	wg.Wait()
}`,
  },
  {
    title: 'where a panic ends the process',
    code: `func f(run func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if run == nil {
			panic("nothing to run")
		}
		wg.Done()
	}()
	wg.Wait()
}`,
  },
  {
    title: 'where a helper gets the group',
    code: `func finish(wg *sync.WaitGroup) { wg.Done() }

func f() {
	var wg sync.WaitGroup
	wg.Add(2)
	go finish(&wg)
	go finish(&wg)
	wg.Wait()
}`,
  },
  {
    title: 'where the group is counted down by a method value',
    code: `func f(run func(done func())) {
	var wg sync.WaitGroup
	wg.Add(1)
	done := wg.Done
	go done()
	wg.Wait()
}`,
  },
  {
    title: 'where an atomic flag keeps a second close away',
    code: `func f(fail bool) {
	ch := make(chan int)
	var closed atomic.Bool
	end := func() {
		if closed.CompareAndSwap(false, true) {
			close(ch)
		}
	}
	defer end()
	if fail {
		end()
	}
}`,
  },
  {
    title: 'where a loop with a ticker may leave by what it does',
    code: `func f(ready func() bool) {
	done := make(chan struct{})
	stop := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				if ready() {
					return
				}
			case <-stop:
				return
			}
		}
	}()
	<-done
	close(stop)
}`,
  },
  {
    title: 'where elements may have been set in a statement that is left out',
    code: `func f(names []string, loud bool) {
	seen := map[string]int{}
	if loud {
		seen["x"] = len(names)
	}
	ch := make(chan int)
	go func() {
		for range seen {
			ch <- 1
		}
		close(ch)
	}()
	for range ch {
	}
}`,
  },
  {
    title: 'a counter set from a field that bounds the loop, too',
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
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		sum += r
	}
	return sum
}`,
  },
  {
    title: 'a group that counts what a statement which is left out has counted',
    code: `func f(parts []string, run func(string) int) (sum int) {
	var wg sync.WaitGroup
	out := make(chan int)
	n := 0
	for _, part := range parts {
		if part != "" {
			n++
		}
	}
	wg.Add(n)
	for _, part := range parts {
		if part != "" {
			go func() {
				defer wg.Done()
				out <- run(part)
			}()
		}
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for x := range out {
		sum += x
	}
	return sum
}`,
  },
  {
    title: 'a lock of an entry that whoever finds it in a map unlocks, holding another lock',
    code: `type entry struct{ wake sync.Mutex }

type table struct {
	mu      sync.Mutex
	entries map[*entry]bool
}

func (t *table) Free() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for e := range t.entries {
		delete(t.entries, e)
		e.wake.Unlock()
	}
}

func (t *table) Wait(ctx context.Context) *entry {
	e := &entry{}
	t.mu.Lock()
	e.wake.Lock()
	t.entries[e] = true
	t.mu.Unlock()
	go func() {
		<-ctx.Done()
		t.mu.Lock()
		if t.entries[e] {
			delete(t.entries, e)
			e.wake.Unlock()
		}
		t.mu.Unlock()
	}()
	e.wake.Lock()
	return e
}`,
  },
  {
    title: 'a loop that says of each who need not be waited for',
    code: `type task struct {
	done chan int
	over bool
}

func f() {
	t := &task{done: make(chan int)}
	for _, x := range []*task{t} {
		x.over = true
	}
	go func() {
		if !t.over {
			t.done <- 1
		}
	}()
	if !t.over {
		<-t.done
	}
}`,
  },
];
