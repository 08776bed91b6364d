/** Small programs with channels of which the concurrency model says nothing. */
import type { Shape } from './blocked-channel-shapes.ts';

/** Programs in which everybody can go on, or nothing is known about who could. */
export const SILENT_CHANNELS: readonly Shape[] = [
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
    title: 'where as many goroutines are counted as a package variable says',
    code: `var workers int

func f(items []string, sink func(string)) {
	var wg sync.WaitGroup
	wg.Add(workers)
	work := make(chan string)
	done := make(chan string, workers)
	go func() {
		for d := range done {
			sink(d)
		}
	}()
	for i := 0; i < workers; i++ {
		go func() {
			for w := range work {
				done <- w
			}
			wg.Done()
		}()
	}
	for _, x := range items {
		work <- x
	}
	close(work)
	wg.Wait()
	close(done)
}`,
  },
  {
    title: 'where as many goroutines are counted as a field says',
    code: `type pool struct{ workers int }

func (p *pool) f(items []string, sink func(string)) {
	var wg sync.WaitGroup
	wg.Add(p.workers)
	work := make(chan string)
	done := make(chan string, p.workers)
	go func() {
		for d := range done {
			sink(d)
		}
	}()
	for i := 0; i < p.workers; i++ {
		go func() {
			for w := range work {
				done <- w
			}
			wg.Done()
		}()
	}
	for _, x := range items {
		work <- x
	}
	close(work)
	wg.Wait()
	close(done)
}`,
  },
  {
    title: 'where an error in a field tells whether the channel is closed, also after it was looked at',
    code: `type conn struct {
	mu   sync.Mutex
	err  error
	stop chan struct{}
}

var errClosed = errors.New("closed")

func dial(read func() ([]byte, error), use func([]byte), check func() error) *conn {
	c := &conn{stop: make(chan struct{})}
	go c.loop(read, use)
	if check() != nil {
		c.Close()
	}
	return c
}

func (c *conn) loop(read func() ([]byte, error), use func([]byte)) {
	for {
		b, err := read()
		if err != nil {
			c.mu.Lock()
			if c.err == nil {
				c.err = err
				close(c.stop)
			}
			c.mu.Unlock()
			return
		}
		select {
		case <-c.stop:
			c.mu.Lock()
			if c.err == nil {
				c.err = errClosed
			}
			c.mu.Unlock()
		default:
			use(b)
		}
	}
}

func (c *conn) Close() {
	c.mu.Lock()
	if c.err == nil {
		c.err = errClosed
		close(c.stop)
	}
	c.mu.Unlock()
}`,
  },
  {
    title: 'where the number of items is kept where there are any',
    code: `func f(items []string, save func(string)) {
	n := 0
	if len(items) > 0 {
		n = len(items)
		println("items", n)
	} else {
		println("none")
	}
	queue := make(chan string, 2)
	saved := make(chan struct{}, n)
	go func() {
		for x := range queue {
			save(x)
			saved <- struct{}{}
		}
	}()
	for _, x := range items {
		queue <- x
	}
	close(queue)
	for i := 0; i < n; i++ {
		<-saved
	}
}`,
  },
  {
    title: 'where a context that the program has made itself is over',
    code: `type stopped chan struct{}

func (s stopped) Deadline() (time.Time, bool)     { return time.Time{}, false }
func (s stopped) Done() <-chan struct{}           { return (chan struct{})(s) }
func (s stopped) Value(key interface{}) interface{} { return nil }

func (s stopped) Err() error {
	select {
	case <-(chan struct{})(s):
		return context.Canceled
	default:
		return nil
	}
}

func wait(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func f(work func()) {
	s := make(stopped)
	go func() {
		work()
		close(s)
	}()
	results := make(chan int)
	if wait(s) == nil {
		<-results
	}
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
    title: 'where a joined error is sent once',
    code: `func f(a, b func() error) error {
	ch := make(chan error)
	go func() { ch <- errors.Join(a(), b()) }()
	return <-ch
}`,
  },
  {
    title: 'where as many are received as a field of an unseen type has elements',
    code: `func f(order unseen.Order, get func(string) (int, error)) int {
	values, failures := make(chan int), make(chan error)
	for _, url := range order.URLs {
		go func(url string) {
			v, err := get(url)
			if err != nil {
				failures <- err
				return
			}
			values <- v
		}(url)
	}
	sum := 0
	for i := 0; i < len(order.URLs); i++ {
		select {
		case v := <-values:
			sum += v
		case <-failures:
		}
	}
	close(values)
	close(failures)
	return sum
}`,
  },
  {
    title: 'a loop ends when both channels of its select are nil',
    code: `func f() {
	a, b := make(chan int), make(chan int)
	go func() {
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
	}()
	close(a)
	close(b)
}`,
  },
  {
    title: 'a timer that has expired is drained, as was needed before Go 1.23',
    code: `func f(urgent chan int, work func()) {
	go func() {
		timer := time.NewTimer(time.Second)
		defer timer.Stop()
		for range urgent {
			if !timer.Stop() {
				<-timer.C
			}
			timer.Reset(time.Second)
			work()
		}
	}()
}`,
  },
  {
    title: 'a timer that calls a function, and that is stopped before it ever can',
    code: `func f(ctx context.Context) (context.Context, *time.Timer) {
	ctx, cancel := context.WithCancel(ctx)
	timer := time.AfterFunc(1<<63-1, cancel)
	if !timer.Stop() {
		<-timer.C
	}
	return ctx, timer
}`,
  },
  {
    title: 'a pipe that is closed on both sides',
    code: `func f(parse func(byte) error) error {
	pr, pw := io.Pipe()
	go func() {
		defer pw.Close()
		for range 3 {
			if _, err := pw.Write([]byte("a")); err != nil {
				return
			}
		}
	}()
	defer pr.Close()
	buf := make([]byte, 1)
	for {
		if _, err := pr.Read(buf); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := parse(buf[0]); err != nil {
			return err
		}
	}
}`,
  },
  {
    title: 'a pipe that is read by code which is not seen',
    code: `func f(w io.Writer) error {
	pr, pw := io.Pipe()
	go func() {
		pw.Write([]byte("a"))
		pw.CloseWithError(errors.New("no more"))
	}()
	_, err := io.Copy(w, pr)
	return err
}`,
  },
  {
    title: 'what was written to a pipe at once is read in parts',
    code: `func f() error {
	pr, pw := io.Pipe()
	go pw.Write([]byte("abcdef"))
	buf := make([]byte, 3)
	if _, err := pr.Read(buf); err != nil {
		return err
	}
	_, err := pr.Read(buf)
	return err
}`,
  },
  {
    title: 'as many senders as a callback has collected, and room for each',
    code: `type walker interface{ walk(visit func(path string)) }

func f(w walker, read func(string) string) string {
	var paths []string
	w.walk(func(path string) { paths = append(paths, path) })
	out := make(chan string, len(paths))
	for _, p := range paths {
		go func() { out <- read(p) }()
	}
	return <-out
}`,
  },
  {
    title: 'as many senders as receives, by what a callback has collected',
    code: `type walker interface{ walk(visit func(path string)) }

func f(w walker, read func(string) string) {
	var paths []string
	w.walk(func(path string) { paths = append(paths, path) })
	out := make(chan string)
	for _, p := range paths {
		go func() { out <- read(p) }()
	}
	for range len(paths) {
		<-out
	}
}`,
  },
  {
    title: 'answers that are counted until there are as many of one kind as an unknown number says',
    code: `type board struct {
	members []func() bool
	needed  int
}

func (b *board) votes() <-chan bool {
	votes := make(chan bool, len(b.members))
	for _, ask := range b.members {
		go func() { votes <- ask() }()
	}
	return votes
}

func (b *board) agree() bool {
	yes, no := 0, 0
	for v := range b.votes() {
		if v {
			if yes++; yes >= b.needed {
				return true
			}
		} else if no++; no > len(b.members)-b.needed {
			return false
		}
	}
	return false
}`,
  },
  {
    title: 'a goroutine that runs a method of an interface whose methods are those of one that is not seen',
    code: `type service interface {
	unseen.Service
	ask(f func())
}

type loop struct{ asks chan func() }

func (l *loop) Serve(ctx context.Context) {
	for {
		select {
		case f := <-l.asks:
			f()
		case <-ctx.Done():
			return
		}
	}
}

func (l *loop) ask(f func()) { l.asks <- f }

func f() {
	var s service = &loop{asks: make(chan func())}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go s.Serve(ctx)
	s.ask(func() {})
}`,
  },
];
