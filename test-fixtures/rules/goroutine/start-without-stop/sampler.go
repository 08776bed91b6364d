package startwithoutstop

import (
	"context"
	"time"
)

type sink interface {
	put(values []int) error
	attach(s *sampler)
	onEnd(f func())
}

// A sampler hands what it has seen to others. They cannot end it.
type sampler struct {
	to   sink
	read func() int
	quit chan struct{}
	gone chan struct{}
}

func newSampler(to sink, read func() int) *sampler {
	return &sampler{to: to, read: read, quit: make(chan struct{}), gone: make(chan struct{})}
}

func (s *sampler) Start(every time.Duration) {
	go s.run(every)
}

func (s *sampler) run(every time.Duration) {
	defer close(s.gone)
	t := time.NewTicker(every)
	defer t.Stop()
	var values []int
	for {
		select {
		case <-t.C:
			values = append(values, s.read())
			_ = s.to.put(values)
		case <-s.quit:
			return
		}
	}
}

func (s *sampler) Stop() {
	close(s.quit)
	<-s.gone
}

func (s *sampler) now() int { return s.read() }

func sampleAll(to sink, jobs []func() error) error {
	s := newSampler(to, func() int { return len(jobs) })
	s.Start(time.Second) // want "start-without-stop: `s.Start` leaves a goroutine running, the function ends on line 62 without `s.Stop\\(\\)`"
	for _, job := range jobs {
		if err := job(); err != nil {
			return err
		}
		s.now()
	}
	return nil
}

func sampleOnce(to sink) int {
	s := &sampler{to: to, read: func() int { return 1 }, quit: make(chan struct{}), gone: make(chan struct{})}
	s.Start(time.Second) // want "start-without-stop: "
	return s.now()
}

// Whoever is given the function stops it.
func sampleUntilEnd(to sink) {
	s := newSampler(to, func() int { return 1 })
	to.onEnd(s.Stop)
	s.Start(time.Second)
}

func attached(to sink) {
	s := newSampler(to, func() int { return 1 })
	to.attach(s)
	s.Start(time.Second)
}

func sampled(to sink, jobs []func()) {
	s := newSampler(to, func() int { return len(jobs) })
	s.Start(time.Second)
	defer s.Stop()
	for _, job := range jobs {
		job()
	}
}

// One that is told to end by what it talks to.
type follower struct {
	to   sink
	quit chan struct{}
}

func newFollower(to sink) *follower { return &follower{to: to, quit: make(chan struct{})} }

func (f *follower) Start() {
	f.to.onEnd(f.end)
	go func() { <-f.quit }()
}

func (f *follower) end() { close(f.quit) }

func (f *follower) Stop() { f.end() }

func follow(to sink) {
	f := newFollower(to)
	f.Start()
}

// Its channel is somebody else's.
type listener struct {
	quit chan struct{}
}

func newListener(quit chan struct{}) *listener { return &listener{quit: quit} }

func (l *listener) Start() {
	go func() { <-l.quit }()
}

func (l *listener) Stop() { close(l.quit) }

func listen(quit chan struct{}) {
	l := newListener(quit)
	l.Start()
}

// The context ends it as well.
type poller struct {
	ctx  context.Context
	to   sink
	quit chan struct{}
}

func newPoller(ctx context.Context, to sink) *poller {
	return &poller{ctx: ctx, to: to, quit: make(chan struct{})}
}

func (p *poller) Start() {
	go func() {
		select {
		case <-p.ctx.Done():
		case <-p.quit:
		}
	}()
}

func (p *poller) Stop() { close(p.quit) }

func poll(ctx context.Context, to sink) {
	p := newPoller(ctx, to)
	p.Start()
}

// What fails ends it.
type breaker struct {
	to   sink
	quit chan struct{}
}

func newBreaker(to sink) *breaker { return &breaker{to: to, quit: make(chan struct{})} }

func (b *breaker) Start() {
	go func() {
		for {
			select {
			case <-b.quit:
				return
			case <-time.After(time.Second):
				if b.to.put(nil) != nil {
					return
				}
			}
		}
	}()
}

func (b *breaker) Stop() { close(b.quit) }

func breakLater(to sink) {
	b := newBreaker(to)
	b.Start()
}

// Methods of any name end it.
type drummer struct {
	beat chan int
	quit chan struct{}
}

func newDrummer() *drummer { return &drummer{beat: make(chan int), quit: make(chan struct{})} }

func (d *drummer) Start() {
	go func() {
		for {
			select {
			case n := <-d.beat:
				println(n)
			case <-d.quit:
				return
			}
		}
	}()
}

func (d *drummer) Stop() { d.hush() }

func (d *drummer) hush() {
	defer close(d.quit)
	d.beat <- 0
}

func drum() {
	d := newDrummer()
	d.Start()
	d.beat <- 1
	d.hush()
}

// The one who has it closes the channel itself.
func drumOnce() {
	d := newDrummer()
	d.Start()
	defer close(d.quit)
	d.beat <- 1
}

func drumOn() {
	d := newDrummer()
	d.Start() // want "start-without-stop: "
	d.beat <- 1
}
