/** Small programs of which the concurrency model says nothing. */
import type { Shape } from './blocked-shapes.ts';

/** Programs in which everybody can go on, or nothing is known about who could. */
export const SILENT: readonly Shape[] = [
  {
    title: 'where the buffer has room',
    code: `func f(err error) error {
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	if err != nil {
		return err
	}
	<-ch
	return nil
}`,
  },
  {
    title: 'where a method of something unknown is given the channel',
    code: `func f() int {
	ch := make(chan int, 1)
	ValueOf(ch).Send(1)
	return <-ch
}`,
  },
  {
    title: 'where the result of a call is called with the channel',
    code: `func sender() func(chan int) { return func(ch chan int) { ch <- 1 } }

func f() int {
	ch := make(chan int, 1)
	sender()(ch)
	return <-ch
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
    title: 'where a function that a timer calls is called once',
    code: `type deadline struct {
	timer   *time.Timer
	expired chan struct{}
}

func newDeadline(d time.Duration) *deadline {
	x := &deadline{expired: make(chan struct{})}
	x.timer = time.AfterFunc(d, func() { close(x.expired) })
	return x
}

func (x *deadline) extend(d time.Duration) bool {
	if !x.timer.Stop() {
		return false
	}
	x.timer.Reset(d)
	return true
}

func f(d time.Duration) {
	x := newDeadline(d)
	x.extend(d)
	<-x.expired
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
    title: 'where a seat is taken only when the context has not ended',
    code: `type seats chan struct{}

func (s seats) take(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s seats) leave() { <-s }

func f(ctx context.Context, items []int, n int, work func(context.Context, int)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := make(seats, n)
	for _, item := range items {
		if err := s.take(ctx); err != nil {
			break
		}
		go func() {
			defer s.leave()
			work(ctx, item)
		}()
	}
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
    title: 'where other users of a value may receive what it hands out',
    code: `type Frames struct {
	in  chan []byte
	out chan int
}

func NewFrames() *Frames {
	x := &Frames{in: make(chan []byte), out: make(chan int)}
	go func() {
		defer close(x.out)
		for b := range x.in {
			x.out <- len(b)
		}
	}()
	return x
}

func (x *Frames) Write(all ...[]byte) {
	for _, b := range all {
		x.in <- b
	}
}

func (x *Frames) Out() <-chan int { return x.out }

func (x *Frames) Close() { close(x.in) }`,
  },
  {
    title: 'where two lengths are the same',
    code: `func f(a, b []int, use func(int, int)) {
	if len(a) != len(b) {
		panic("length")
	}
	x, y := make(chan int), make(chan int)
	go func() {
		for _, v := range a {
			x <- v
		}
	}()
	go func() {
		for _, v := range b {
			y <- v
		}
	}()
	for range a {
		use(<-x, <-y)
	}
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
    title: 'where at least one worker is started',
    code: `func f(items []int, limit int, use func(int)) {
	limit = max(limit, 1)
	jobs := make(chan int)
	workers := 0
	for _, item := range items {
		if workers < limit {
			workers++
			go func() {
				for job := range jobs {
					use(job)
				}
			}()
		}
		jobs <- item
	}
	close(jobs)
}`,
  },
  {
    title: 'where the channel is a parameter',
    code: `func f(ch chan int) {
	go func() { ch <- 1 }()
}`,
  },
  {
    title: 'where the channel is returned',
    code: `func f() <-chan int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	return ch
}`,
  },
  {
    title: 'where the channel is passed to code that is not seen',
    code: `func f(use func(chan int)) {
	ch := make(chan int)
	go func() { ch <- 1 }()
	use(ch)
}`,
  },
  {
    title: 'where the channel is sent to somebody',
    code: `func f(out chan<- chan int) {
	ch := make(chan int)
	out <- ch
	<-ch
}`,
  },
  {
    title: 'where the channel is in a package variable',
    code: `var results = make(chan int)

func f() {
	go func() { results <- 1 }()
}`,
  },
  {
    title: 'where as many are received as are sent, whatever the number',
    code: `func f(items []string) {
	ch := make(chan int)
	for _, item := range items {
		go func() { ch <- len(item) }()
	}
	for range items {
		<-ch
	}
}`,
  },
  {
    title: 'where the buffer is as large as the number of senders',
    code: `func f(items []string) int {
	ch := make(chan int, len(items))
	for _, item := range items {
		go func() { ch <- len(item) }()
	}
	return <-ch
}`,
  },
  {
    title: 'where branches are taken together',
    code: `func f(wait bool) {
	ch := make(chan int)
	if wait {
		go func() { ch <- 1 }()
	}
	if wait {
		<-ch
	}
}`,
  },
  {
    title: 'where branches depend on one error',
    code: `func f(open func() error) {
	ch := make(chan int)
	err := open()
	if err == nil {
		go func() { ch <- 1 }()
	}
	if err != nil {
		return
	}
	<-ch
}`,
  },
  {
    title: 'where a timer ends the wait',
    code: `func f() {
	ch := make(chan int)
	select {
	case <-ch:
	case <-time.After(time.Second):
	}
}`,
  },
  {
    title: 'where a ticker comes again and again',
    code: `func f(n int) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for range n {
		<-t.C
	}
}`,
  },
  {
    title: 'where AfterFunc closes',
    code: `func f() {
	ch := make(chan struct{})
	time.AfterFunc(time.Second, func() { close(ch) })
	<-ch
}`,
  },
  {
    title: 'where the parent of a context may be cancelled',
    code: `func f(ctx context.Context) {
	child, cancel := context.WithCancel(ctx)
	go func() { <-child.Done() }()
	defer cancel()
}`,
  },
  {
    title: 'where a deadline ends the wait',
    code: `func f() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	ch := make(chan int)
	go func() {
		select {
		case ch <- 1:
		case <-ctx.Done():
		}
	}()
}`,
  },
  {
    title: 'where context.AfterFunc wakes',
    code: `func f(ctx context.Context) {
	ch := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(ch) })
	defer stop()
	select {
	case <-ch:
	case <-time.After(time.Second):
	}
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
    title: 'where a select has a default',
    code: `func f() {
	ch := make(chan int)
	go func() {
		select {
		case ch <- 1:
		default:
		}
	}()
	select {
	case <-ch:
	default:
	}
}`,
  },
  {
    title: 'where an arm is switched off by a nil channel',
    code: `func f(a, b chan int) {
	for a != nil || b != nil {
		select {
		case _, ok := <-a:
			if !ok {
				a = nil
			}
		case _, ok := <-b:
			if !ok {
				b = nil
			}
		}
	}
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
    title: 'where a closed channel lets everybody go',
    code: `func f(n int) {
	start := make(chan struct{})
	for range n {
		go func() { <-start }()
	}
	close(start)
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
    title: 'where a generic function sends and its caller receives',
    code: `func feed[T any](ch chan<- T, items []T) {
	defer close(ch)
	for _, item := range items {
		ch <- item
	}
}

func f(items []int) {
	ch := make(chan int)
	go feed(ch, items)
	for range ch {
	}
}`,
  },
  {
    title: 'where a method of the type closes',
    code: `type Worker struct {
	jobs chan func()
	done chan struct{}
}

func NewWorker() *Worker {
	w := &Worker{jobs: make(chan func()), done: make(chan struct{})}
	go w.run()
	return w
}

func (w *Worker) run() {
	defer close(w.done)
	for job := range w.jobs {
		job()
	}
}

func (w *Worker) Stop() {
	close(w.jobs)
	<-w.done
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
    title: 'where a joined error is sent once',
    code: `func f(a, b func() error) error {
	ch := make(chan error)
	go func() { ch <- errors.Join(a(), b()) }()
	return <-ch
}`,
  },
];
