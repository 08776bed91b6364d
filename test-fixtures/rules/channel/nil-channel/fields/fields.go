package fields

type job struct{ size int }

// The channels are made neither here nor where they are used.
type shards struct {
	queues []chan job
	sums   chan int
}

func newShards(n int) *shards {
	s := &shards{
		queues: make([]chan job, n),
		sums:   make(chan int, n),
	}
	for i := range s.queues {
		go s.work(i)
	}
	return s
}

func (s *shards) work(i int) {
	sum := 0
	for j := range s.queues[i] { // want "nil-channel"
		sum += j.size
	}
	s.sums <- sum
}

type point struct{ x, y int }

type reporter struct {
	sink func(point)
	// What is to be reported.
	queue chan point
	stop  chan struct{}
}

func newReporter(sink func(point)) *reporter {
	r := &reporter{
		sink: sink,
		stop: make(chan struct{}),
	}
	go r.run()
	return r
}

func (r *reporter) run() {
	for {
		select {
		case p := <-r.queue:
			r.sink(p)
		case <-r.stop:
			return
		}
	}
}

func (r *reporter) report(p point) {
	r.queue <- p // want "nil-channel"
}

func (r *reporter) end() {
	close(r.stop)
}

func reportTwo() {
	sum := 0
	r := newReporter(func(p point) { sum += p.x })
	r.report(point{1, 2})
	r.report(point{3, 4})
	r.end()
}
