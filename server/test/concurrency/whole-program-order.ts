/** Pairs of tests that hang on what happens first when the program runs, and on loops that go round for ever. */
import type { Pair } from './whole-program-shapes.ts';

/** A pair whose programs differ in one place, `@@`. */
function pair(title: string, code: string, leaky: string, fixed: string): Pair {
  return {
    title,
    leaky: code.replace('@@', leaky),
    fixed: code.replace('@@', fixed).replaceAll(/ \/\/ leak: .*/g, ''),
  };
}

export const PROGRAMS_IN_ORDER: Pair[] = [
  pair(
    'those who come while somebody sleeps wait for what a panic keeps from happening',
    `type ask struct{ done chan struct{} }

type desk struct {
	mu   sync.Mutex
	open map[string]*ask
}

func (d *desk) visit(name string, answer func() string) (text string, err error) {
	d.mu.Lock()
	if a, ok := d.open[name]; ok {
		d.mu.Unlock()
		<-a.done // leak: receive-without-sender|close-skipped
		return "", nil
	}
	a := &ask{done: make(chan struct{})}
	d.open[name] = a
	d.mu.Unlock()
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("no answer")
			@@
		}
	}()
	text = answer()
	close(a.done)
	return text, nil
}

func TestVisitors(t *testing.T) {
	d := &desk{open: map[string]*ask{}}
	var failed atomic.Int32
	for _, name := range []string{"ann", "ann", "ann", "bob", "bob", "bob"} {
		go func() {
			if _, err := d.visit(name, func() string {
				time.Sleep(20 * time.Millisecond)
				var texts []string
				if name == "ann" {
					texts = append(texts, "hello")
				}
				return texts[0]
			}); err != nil {
				failed.Add(1)
			}
		}()
	}
	time.Sleep(time.Second)
}
`,
    'failed++',
    'close(a.done)',
  ),
  pair(
    'a loop that counts ticks does not end when only the newer one is told to',
    `type meter struct {
	beats atomic.Int64
	every time.Duration
	stop  chan struct{}
}

func (m *meter) run() {
	stop := make(chan struct{})
	@@
	m.stop = stop
	tick := time.NewTicker(m.every)
	go func() {
		defer tick.Stop()
		for {
			select { // leak: receive-without-sender
			case <-tick.C:
				m.beats.Add(1)
			case <-stop:
				return
			}
		}
	}()
}

func (m *meter) set(every time.Duration) {
	m.every = every
	m.run()
}

func TestMeter(t *testing.T) {
	m := &meter{every: time.Hour}
	m.run()
	m.set(time.Minute)
	close(m.stop)
}
`,
    '',
    'if m.stop != nil {\n\t\tclose(m.stop)\n\t}',
  ),
  pair(
    'a method of values that is kept as a function has the fields of when it was taken',
    `type lamp struct {
	off   chan struct{}
	loops []func()
}

func (l @@) glow() {
	<-l.off // leak: nil-channel
}

func TestLamp(t *testing.T) {
	l := &lamp{}
	l.loops = append(l.loops, l.glow)
	l.off = make(chan struct{})
	for _, loop := range l.loops {
		go loop()
	}
	time.Sleep(time.Second)
	close(l.off)
}
`,
    'lamp',
    '*lamp',
  ),
  pair(
    'a select of a channel that is nil by then and a ticker that is stopped',
    `func sum(in chan int, every time.Duration, out *atomic.Int64) {
	tick := time.NewTicker(every)
	total := 0
	for {
		select { // leak: nil-channel
		case n, ok := <-in:
			if !ok {
				in = nil
				tick.Stop()
				@@
			}
			total += n
		case <-tick.C:
			out.Store(int64(total))
		}
	}
}

func TestSum(t *testing.T) {
	in := make(chan int)
	var out atomic.Int64
	go sum(in, 10*time.Millisecond, &out)
	in <- 1
	close(in)
	time.Sleep(time.Second)
}
`,
    'break',
    'return',
  ),
  pair(
    'what is asked for is no more than a channel has room for, and everybody holds some of it',
    `type rooms struct{ free chan struct{} }

func (r *rooms) take(n int) {
	if n > cap(r.free) {
		n = cap(r.free)
	}
	for range n {
		<-r.free // leak: receive-without-sender
		time.Sleep(time.Millisecond)
	}
}

func (r *rooms) give(n int) {
	for range n {
		r.free <- struct{}{}
	}
}

func TestRooms(t *testing.T) {
	r := &rooms{free: make(chan struct{}, 2)}
	r.give(2)
	for range 2 {
		go func() {
			r.take(@@)
			r.give(1)
		}()
	}
	time.Sleep(time.Second)
}
`,
    '3',
    '1',
  ),
  pair(
    'measured numbers say who leaves a meeting too early',
    `type meeting struct {
	mu    sync.Mutex
	all   *sync.Cond
	wants int
	here  int
}

func (m *meeting) wait() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.here++
	m.all.Broadcast()
	for m.here < m.wants {
		m.all.Wait() // leak: cond-wait
	}
}

func grow(heat, limit float64) bool {
	heat *= 1.5
	return heat < limit
}

func TestMeeting(t *testing.T) {
	m := &meeting{wants: 2}
	m.all = sync.NewCond(&m.mu)
	for _, heat := range []float64{20, @@} {
		go func() {
			if grow(heat, 40) {
				m.wait()
			}
		}()
	}
	time.Sleep(time.Second)
}
`,
    '30',
    '25',
  ),
  pair(
    'a bounded queue in a heap of a generic type, closed for one side only',
    `type entry[T any] struct {
	rank  int
	value T
}

type ranks[T any] []entry[T]

func (r ranks[T]) Len() int           { return len(r) }
func (r ranks[T]) Less(i, j int) bool { return r[i].rank < r[j].rank }
func (r ranks[T]) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *ranks[T]) Push(x any)        { *r = append(*r, x.(entry[T])) }
func (r *ranks[T]) Pop() any {
	old := *r
	last := old[len(old)-1]
	*r = old[:len(old)-1]
	return last
}

type line[T any] struct {
	mu     sync.Mutex
	room   *sync.Cond
	queue  ranks[T]
	most   int
	closed bool
}

func (l *line[T]) add(rank int, v T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.queue) >= l.most && !l.closed {
		l.room.Wait() // leak: cond-wait
	}
	if !l.closed {
		heap.Push(&l.queue, entry[T]{rank, v})
	}
}

func (l *line[T]) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	@@
}

func TestLine(t *testing.T) {
	l := &line[string]{most: 1}
	l.room = sync.NewCond(&l.mu)
	for n := range 2 {
		go l.add(n, "x")
	}
	time.Sleep(time.Second)
	l.close()
}
`,
    '',
    'l.room.Broadcast()',
  ),
  pair(
    'a timer that is set anew whenever it fires, which is not again before somebody else has gone on',
    `type watch struct {
	quiet chan time.Duration
	stop  chan struct{}
}

func (w *watch) run(limit time.Duration) {
	timer := time.NewTimer(limit)
	last := time.Now()
	for {
		select {
		case <-timer.C:
			w.quiet <- time.Since(last)
			if !timer.Stop() {
				@@
			}
			timer.Reset(limit)
		case <-w.stop:
			return
		}
	}
}

func TestWatch(t *testing.T) {
	w := &watch{quiet: make(chan time.Duration, 3), stop: make(chan struct{})}
	go w.run(20 * time.Millisecond)
	<-w.quiet
	close(w.stop)
	time.Sleep(time.Second)
}
`,
    '<-timer.C // leak: receive-without-sender',
    'select {\n\t\t\t\tcase <-timer.C:\n\t\t\t\tdefault:\n\t\t\t\t}',
  ),
];
