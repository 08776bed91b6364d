package waitgroupaddinside

import "sync"

// The goroutines of a mailer count themselves when they come to it.
type mailer struct {
	wg   sync.WaitGroup
	send func(string) error
}

func (m *mailer) post(text string) {
	go m.deliver(text)
}

func (m *mailer) deliver(text string) {
	defer println("delivered")
	m.wg.Add(1) // want "waitgroup-add-inside: `m.wg.Add` runs inside the goroutine that it counts and that `post` starts: `Wait` in `Close`"
	defer m.wg.Done()
	_ = m.send(text)
}

// Close waits for all.
func (m *mailer) Close() { m.wg.Wait() }

type logger struct {
	wg    sync.WaitGroup
	lines []string
}

func (l *logger) flush(write func(string)) {
	lines := l.lines
	go func() {
		l.wg.Add(1) // want "waitgroup-add-inside: "
		defer l.wg.Done()
		for _, line := range lines {
			write(line)
		}
	}()
}

func (l *logger) Close() { l.wg.Wait() }

// Counted before they start.
type printer struct {
	wg    sync.WaitGroup
	print func(string)
}

func (p *printer) page(text string) {
	p.wg.Add(1)
	go p.run(text)
}

func (p *printer) run(text string) {
	defer p.wg.Done()
	p.print(text)
}

func (p *printer) Close() { p.wg.Wait() }

// The starter goes on when it has been counted.
type scanner struct {
	wg   sync.WaitGroup
	scan func()
}

func (s *scanner) begin() {
	counted := make(chan struct{})
	go s.run(counted)
	<-counted
}

func (s *scanner) run(counted chan<- struct{}) {
	s.wg.Add(1)
	defer s.wg.Done()
	close(counted)
	s.scan()
}

func (s *scanner) Close() { s.wg.Wait() }

// Each is counted while it starts the next.
type walker struct {
	wg   sync.WaitGroup
	next func(int) []int
}

func (w *walker) visit(n int) {
	go w.run(n)
}

func (w *walker) run(n int) {
	w.wg.Add(1)
	defer w.wg.Done()
	for _, m := range w.next(n) {
		w.visit(m)
	}
}

func (w *walker) Close() { w.wg.Wait() }

// Somebody holds the group above zero all the time.
type keeper struct {
	wg  sync.WaitGroup
	run func()
}

func newKeeper(run func()) *keeper {
	k := &keeper{run: run}
	k.wg.Add(1)
	return k
}

func (k *keeper) start() { go k.once() }

func (k *keeper) once() {
	k.wg.Add(1)
	defer k.wg.Done()
	k.run()
}

func (k *keeper) Close() {
	k.wg.Done()
	k.wg.Wait()
}

// It runs in the goroutine of its caller as well as in those that it starts itself.
type caller struct {
	wg  sync.WaitGroup
	run func()
}

func (c *caller) call() {
	c.wg.Add(1)
	defer c.wg.Done()
	c.run()
}

func (c *caller) Close() { c.wg.Wait() }

// The goroutine has the group by a value of its own, and who waits goes through what there is before.
type station struct {
	wg    sync.WaitGroup
	stops map[string]func()
}

type tuner struct {
	of   *station
	freq int
}

func (s *station) tune(freq int) { go s.listen(freq) }

func (s *station) listen(freq int) {
	t := tuner{of: s, freq: freq}
	t.of.wg.Add(1) // want "waitgroup-add-inside: `t.of.wg.Add` runs inside the goroutine that it counts and that `tune` starts: `Wait` in `Close`"
	defer t.of.wg.Done()
	println(t.freq)
}

func (s *station) Close() {
	for _, stop := range s.stops {
		stop()
	}
	s.wg.Wait()
}

// Who waits has heard from each of them before.
type relay struct {
	wg    sync.WaitGroup
	heard chan int
}

func (r *relay) listen() { go r.run() }

func (r *relay) run() {
	r.wg.Add(1)
	defer r.wg.Done()
	r.heard <- 1
}

func (r *relay) Close() {
	for range r.heard {
	}
	r.wg.Wait()
}
