package startwithoutstop

import "context"

func stopped(f func()) {
	w := newWorker()
	w.Start()
	defer w.Stop()
	w.do(f)
}

// Stopped in a deferred literal.
func stoppedLater(f func()) {
	w := newWorker()
	defer func() {
		w.Stop()
	}()
	w.Start()
	w.do(f)
}

// Whoever gets it stops it.
func started() *worker {
	w := newWorker()
	w.Start()
	return w
}

type owner struct{ w *worker }

func stored(o *owner) {
	w := newWorker()
	w.Start()
	o.w = w
}

func sent(workers chan<- *worker) {
	w := newWorker()
	w.Start()
	workers <- w
}

func passed(keep func(*worker)) {
	w := newWorker()
	w.Start()
	keep(w)
}

func stopper() func() {
	w := newWorker()
	w.Start()
	return w.Stop
}

// A helper stops it.
func helped() {
	w := newWorker()
	w.Start()
	finish(w)
}

func finish(w *worker) {
	w.Stop()
}

// Nothing was started where an error comes back.
func failing() error {
	s := &server{}
	if err := s.Start(""); err != nil {
		return err
	}
	return s.Close()
}

// It ends by itself.
func ending() {
	var t task
	t.Start()
}

// It is the caller's.
func given(w *worker) {
	w.Start()
}

var shared = newWorker()

func getShared() *worker { return shared }

// Others have it as well.
func startShared() {
	w := getShared()
	w.Start()
}

type guided struct {
	ctx  context.Context
	done chan struct{}
}

func newGuided(ctx context.Context) *guided {
	return &guided{ctx: ctx}
}

func (g *guided) Start() {
	go func() { <-g.ctx.Done() }()
}

func (g *guided) Stop() {}

// The context ends it.
func withContext(ctx context.Context) {
	g := newGuided(ctx)
	g.Start()
}

// It lives as long as the process.
func daemon() {
	w := newWorker()
	//hygiene:daemon reports for as long as the process lives
	w.Start()
}
