package fixed

// Point is one measurement.
type Point struct {
	Name  string
	Value float64
}

// Reporter sends points to a sink, off the goroutine that measures.
type Reporter struct {
	sink  func(Point)
	queue chan Point
	stop  chan struct{}
}

// Option changes how a reporter works.
type Option func(*Reporter)

// WithBuffer lets so many points wait for the sink.
func WithBuffer(size int) Option {
	return func(r *Reporter) {
		r.queue = make(chan Point, size)
	}
}

// WithPrefix puts a prefix before all names.
func WithPrefix(prefix string) Option {
	return func(r *Reporter) {
		sink := r.sink
		r.sink = func(p Point) {
			p.Name = prefix + p.Name
			sink(p)
		}
	}
}

// NewReporter starts a reporter.
func NewReporter(sink func(Point), options ...Option) *Reporter {
	r := &Reporter{sink: sink, queue: make(chan Point), stop: make(chan struct{})}
	for _, option := range options {
		option(r)
	}
	go r.loop()
	return r
}

func (r *Reporter) loop() {
	for {
		select {
		case p := <-r.queue:
			r.sink(p)
		case <-r.stop:
			return
		}
	}
}

// Report hands a point over. It must not be called after Close.
func (r *Reporter) Report(name string, value float64) {
	r.queue <- Point{name, value}
}

// Close ends the reporter.
func (r *Reporter) Close() {
	close(r.stop)
}
