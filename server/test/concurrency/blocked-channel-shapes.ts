/** Small programs with channels in which something stays blocked, for the tests of the concurrency model: see `model.test.ts` for the marks. */

export interface Shape {
  title: string;
  code: string;
}

/** Programs in which something stays blocked. */
export const BLOCKED_CHANNELS: readonly Shape[] = [
  {
    title: 'a send to nobody after an early return',
    code: `func f(err error) error {
	ch := make(chan int)
	go func() {
		ch <- 1 // leak: abandoned-send
	}()
	if err != nil {
		return err
	}
	<-ch
	return nil
}`,
  },
  {
    title: 'a send when the timer was faster',
    code: `func f(work func() int) int {
	ch := make(chan int)
	go func() {
		ch <- work() // leak: abandoned-send
	}()
	select {
	case n := <-ch:
		return n
	case <-time.After(time.Second):
		return 0
	}
}`,
  },
  {
    title: 'a send when the context was faster',
    code: `func f(ctx context.Context, work func() int) int {
	ch := make(chan int)
	go func() {
		ch <- work() // leak: abandoned-send
	}()
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}`,
  },
  {
    title: 'a send when a context with a deadline of its own was faster',
    code: `func f(ctx context.Context, work func() int) int {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ch := make(chan int)
	go func() {
		ch <- work() // leak: abandoned-send
	}()
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}`,
  },
  {
    title: 'all senders but the first',
    code: `func f(hosts []string, ask func(string) string) string {
	ch := make(chan string)
	for _, host := range hosts {
		go func() {
			ch <- ask(host) // leak: surplus-senders
		}()
	}
	return <-ch
}`,
  },
  {
    title: 'a second send by one goroutine to one receive',
    code: `func f(work func() error) error {
	ch := make(chan error)
	go func() {
		if err := work(); err != nil {
			ch <- err
		}
		ch <- nil // leak: double-send
	}()
	return <-ch
}`,
  },
  {
    title: 'a range over a channel that nobody closes',
    code: `func f(items []string) {
	ch := make(chan string)
	go func() {
		for item := range ch { // leak: never-closed-range
			println(item)
		}
	}()
	for _, item := range items {
		ch <- item
	}
}`,
  },
  {
    title: 'a range over a channel whose close is skipped',
    code: `func f(open func() error) {
	ch := make(chan string)
	go func() {
		for item := range ch { // leak: close-skipped
			println(item)
		}
	}()
	if err := open(); err != nil {
		return
	}
	close(ch)
}`,
  },
  {
    title: 'a receive from a goroutine that gave up',
    code: `func f(load func() (int, error)) int {
	ch := make(chan int)
	go func() {
		n, err := load()
		if err != nil {
			return
		}
		ch <- n
	}()
	return <-ch // leak: receive-without-sender
}`,
  },
  {
    title: 'a producer whose consumer breaks out',
    code: `func f(want int) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := 0; i < 3; i++ {
			ch <- i // leak: producer-outlives-consumer
		}
	}()
	for n := range ch {
		if n == want {
			break
		}
	}
}`,
  },
  {
    title: 'a nil channel',
    code: `func f() {
	var ch chan int
	go func() {
		<-ch // leak: nil-channel
	}()
}`,
  },
  {
    title: 'a full buffer',
    code: `func f() {
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	ch <- 3 // leak: double-send
}`,
  },
  {
    title: 'as many receives as there are items, where some are skipped',
    code: `func f(items []string) {
	ch := make(chan int)
	for _, item := range items {
		if item == "" {
			continue
		}
		go func() { ch <- len(item) }()
	}
	for range items {
		<-ch // leak: receive-without-sender
	}
}`,
  },
  {
    title: 'branches that exclude each other the wrong way round',
    code: `func f(wait bool) {
	ch := make(chan int)
	if !wait {
		go func() { ch <- 1 }() // leak: abandoned-send
	}
	if wait {
		<-ch // leak: receive-without-sender
	}
}`,
  },
  {
    title: 'a detached context that nobody cancels',
    code: `func f(ctx context.Context, work func() int) int {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ch := make(chan int)
	go func() {
		select { // leak: abandoned-send
		case ch <- work():
		case <-ctx.Done():
		}
	}()
	select {
	case n := <-ch:
		cancel()
		return n
	case <-time.After(time.Second):
		return 0
	}
}`,
  },
  {
    title: 'what the result of a call does',
    code: `func sender() func(chan int) {
	return func(ch chan int) {
		ch <- 1 // leak: abandoned-send
	}
}

func f() {
	ch := make(chan int)
	sender()(ch)
}`,
  },
  {
    title: 'a send of a function that a timer calls when nobody receives any more',
    code: `func f(d time.Duration, work func() bool) bool {
	late := make(chan bool)
	timer := time.AfterFunc(d, func() {
		late <- true // leak: abandoned-send
	})
	if work() {
		timer.Stop()
		return true
	}
	return <-late
}`,
  },
  {
    title: 'a wait for what a stopped timer would do',
    code: `func f(d time.Duration) {
	done := make(chan struct{})
	timer := time.AfterFunc(d, func() { close(done) })
	timer.Stop()
	<-done // leak: close-skipped
}`,
  },
  {
    title: 'a worker of a type that Stop does not reach',
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
	for job := range w.jobs {
		job()
	}
}

func (w *Worker) Stop() {
	close(w.jobs)
	<-w.done // leak: receive-without-sender
}`,
  },
  {
    title: 'an answer that the loop of a server does not keep alive',
    code: `type request struct {
	answer chan int
}

func serve(in chan request, quit chan struct{}) {
	for {
		select {
		case r := <-in:
			_ = r.answer
		case <-quit:
			return
		}
	}
}

func f() {
	in, quit := make(chan request), make(chan struct{})
	go serve(in, quit)
	r := request{answer: make(chan int)}
	in <- r
	<-r.answer // leak: receive-without-sender
	close(quit)
}`,
  },
  {
    title: 'a goroutine left behind while the one that started it goes on',
    code: `func start() chan int {
	ch := make(chan int)
	go func() {
		for {
			ch <- 1 // leak: producer-outlives-consumer
		}
	}()
	return ch
}

func f(again func() bool) {
	for {
		<-start()
		again()
	}
}`,
  },
  {
    title: 'both arms of a select become nil',
    code: `func f() {
	a, b := make(chan int), make(chan int)
	go func() {
		for {
			select { // leak: nil-channel
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
    title: 'the time of a timer that has been received is waited for again',
    code: `func f(work func()) {
	go func() {
		timer := time.NewTimer(time.Second)
		for {
			<-timer.C
			if !timer.Stop() {
				<-timer.C // leak: receive-without-sender
			}
			timer.Reset(time.Second)
			work()
		}
	}()
}`,
  },
  {
    title: 'a range over the channel of a ticker that has been stopped',
    code: `func f(work func()) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for range ticker.C { // leak: never-closed-range
			work()
		}
	}()
	ticker.Stop()
}`,
  },
  {
    title: 'a slot that a goroutine does not give back',
    code: `func f(jobs []func() error) {
	slots := make(chan struct{}, 2)
	for _, job := range jobs {
		slots <- struct{}{} // leak: abandoned-send
		go func() {
			if job() != nil {
				return
			}
			<-slots
		}()
	}
}`,
  },
  {
    title: 'senders whose receiver has ended for good',
    code: `func f(write func(int) error) {
	queue := make(chan int)
	go func() {
		for n := range queue { // leak: never-closed-range
			if write(n) != nil {
				return
			}
		}
	}()
	for n := range 3 {
		go func() {
			queue <- n // leak: abandoned-send
		}()
	}
}`,
  },
  {
    title: 'an answer that is sent again by another way',
    code: `type call struct{ done chan error }

func (c *call) finish(err error) {
	c.done <- err // leak: double-send
}

func f(run func() error) error {
	c := &call{done: make(chan error)}
	go func() {
		if err := run(); err != nil {
			c.finish(err)
		}
		c.finish(nil)
	}()
	return <-c.done
}`,
  },
  {
    title: 'a channel that is closed under another name, but not on all ways',
    code: `func produce(out chan<- int, next func() (int, error)) error {
	for {
		n, err := next()
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		out <- n
	}
	close(out)
	return nil
}

func f(next func() (int, error)) {
	values := make(chan int)
	go produce(values, next)
	for range values { // leak: close-skipped
	}
}`,
  },
  {
    title: 'a write to a pipe whose reader has left',
    code: `func f() error {
	pr, pw := io.Pipe()
	go func() {
		defer pw.Close()
		pw.Write([]byte("a"))
		pw.Write([]byte("b")) // leak: double-send
	}()
	_, err := pr.Read(make([]byte, 1))
	return err
}`,
  },
  {
    title: 'a read from a pipe whose writer has not closed it',
    code: `func f(write func() error) {
	pr, pw := io.Pipe()
	go func() {
		buf := make([]byte, 1)
		for {
			if _, err := pr.Read(buf); err != nil { // leak: receive-without-sender
				return
			}
		}
	}()
	if write() != nil {
		return
	}
	pw.Close()
}`,
  },
  {
    title: 'a loop that has switched its send off, and whoever waits for it',
    code: `func f() {
	out, ack, stop := make(chan int), make(chan int), make(chan int)
	go func() {
		send := out
		for {
			select {
			case send <- 1:
				send = nil
			case <-ack:
				send = out
			case <-stop:
				return
			}
		}
	}()
	<-out
	<-out // leak: receive-without-sender
	close(stop)
	ack <- 1
}`,
  },
  {
    title: 'as many senders as a callback has collected, and room for one less',
    code: `type walker interface{ walk(visit func(path string)) }

func f(w walker, read func(string) string) string {
	var paths []string
	w.walk(func(path string) { paths = append(paths, path) })
	out := make(chan string)
	for _, p := range paths {
		go func() {
			out <- read(p) // leak: surplus-senders
		}()
	}
	for i := 0; i < len(paths)-1; i++ {
		<-out
	}
	return ""
}`,
  },
];
