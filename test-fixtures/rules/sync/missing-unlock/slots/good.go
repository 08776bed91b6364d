package slots

import (
	"context"
	"errors"
	"log"
	"os"
	"sync"
	"time"
)

type pool struct {
	slots chan struct{}
}

func newPool(n int) *pool {
	return &pool{slots: make(chan struct{}, n)}
}

// Deferred.
func (p *pool) run(check, work func() error) error {
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	if err := check(); err != nil {
		return err
	}
	return work()
}

// On every way.
func (p *pool) each(checks []func() error) error {
	for _, check := range checks {
		p.slots <- struct{}{}
		if err := check(); err != nil {
			<-p.slots
			return err
		}
		<-p.slots
	}
	return nil
}

// Only the arm where the slot was taken counts.
func (p *pool) wait(ctx context.Context, work func() error) error {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := work()
	<-p.slots
	return err
}

func (p *pool) tryOnce(work func()) bool {
	select {
	case p.slots <- struct{}{}:
		work()
		<-p.slots
		return true
	default:
		return false
	}
}

// What is taken under a condition is given back under the same.
func (p *pool) maybe(limited bool, check, work func() error) error {
	if limited {
		p.slots <- struct{}{}
	}
	err := check()
	if err == nil {
		err = work()
	}
	if limited {
		<-p.slots
	}
	return err
}

// A flag tells whether there is something to give back.
func (p *pool) flagged(ctx context.Context, work func() error) error {
	taken := false
	select {
	case p.slots <- struct{}{}:
		taken = true
	case <-ctx.Done():
	}
	err := work()
	if err != nil && !taken {
		return err
	}
	if taken {
		<-p.slots
	}
	return err
}

// The goroutine gives it back.
func (p *pool) spawn(work func() error, fail func(error)) {
	p.slots <- struct{}{}
	go func() {
		defer func() { <-p.slots }()
		if err := work(); err != nil {
			fail(err)
			return
		}
	}()
}

// A way out on which the process ends, and one that panics.
func (p *pool) must(check func() error, work func()) {
	p.slots <- struct{}{}
	if err := check(); err != nil {
		log.Fatal(err)
	}
	if p.slots == nil {
		panic("no pool")
	}
	if len(os.Args) > 9 {
		os.Exit(1)
	}
	work()
	<-p.slots
}

// lease is handed to the caller, who gives it back.
type leases struct {
	slots chan struct{}
}

func newLeases(n int) *leases {
	return &leases{slots: make(chan struct{}, n)}
}

func (l *leases) acquire(check func() error) error {
	l.slots <- struct{}{}
	if err := check(); err != nil {
		<-l.slots
		return err
	}
	return nil
}

func (l *leases) release() {
	<-l.slots
}

func (l *leases) open(check func() error) (func(), error) {
	l.slots <- struct{}{}
	if err := check(); err != nil {
		<-l.slots
		return nil, err
	}
	if cap(l.slots) == 1 {
		return func() { <-l.slots }, nil
	}
	<-l.slots
	return func() {}, nil
}

// guard lets one start succeed: the slot is kept for good.
type guard struct {
	started chan struct{}
}

func newGuard() *guard {
	return &guard{started: make(chan struct{}, 1)}
}

func (g *guard) start(prepare func() error, simple bool, run func() error) error {
	select {
	case g.started <- struct{}{}:
	default:
		return errors.New("started twice")
	}
	if err := prepare(); err != nil {
		<-g.started
		return err
	}
	return nil
}

// The success is early, the failure comes last.
type latch struct {
	done chan struct{}
}

func newLatch() *latch {
	return &latch{done: make(chan struct{}, 1)}
}

func (l *latch) set(work func() error) error {
	select {
	case l.done <- struct{}{}:
	default:
		return nil
	}
	err := work()
	if err == nil {
		return nil
	}
	<-l.done
	return err
}

// Takes as many as it gives back.
type weights struct {
	units chan struct{}
}

func newWeights(n int) *weights {
	return &weights{units: make(chan struct{}, n)}
}

func (w *weights) run(n int, work func()) {
	for i := 0; i < n; i++ {
		w.units <- struct{}{}
	}
	work()
	for i := 0; i < n; i++ {
		<-w.units
	}
}

func (w *weights) all(n int, ctx context.Context, work func()) error {
	for i := 0; i < n; i++ {
		select {
		case w.units <- struct{}{}:
		case <-ctx.Done():
			for ; i > 0; i-- {
				<-w.units
			}
			return ctx.Err()
		}
	}
	work()
	for i := 0; i < n; i++ {
		<-w.units
	}
	return nil
}

// A queue: what is sent is work.
type queue struct {
	jobs chan int
}

func newQueue() *queue {
	return &queue{jobs: make(chan int, 16)}
}

func (q *queue) shift(n int, stop bool) int {
	q.jobs <- n
	if stop {
		return 0
	}
	return <-q.jobs
}

// A signal: who waits for it takes it.
type bell struct {
	rings chan struct{}
}

func newBell() *bell {
	return &bell{rings: make(chan struct{}, 1)}
}

func (b *bell) ring(again bool) {
	select {
	case <-b.rings:
	default:
	}
	if again {
		return
	}
	select {
	case b.rings <- struct{}{}:
	default:
	}
}

func (b *bell) wait() {
	<-b.rings
}

// Nobody waits for a slot of a channel that is gone.
func first(items []string, good func(string) bool) string {
	sem := make(chan struct{}, 2)
	for _, item := range items {
		sem <- struct{}{}
		if good(item) {
			return item
		}
		<-sem
	}
	return ""
}

// There are slots for all.
func parts(items []string, good func(string) bool) (n int) {
	sem := make(chan struct{}, len(items))
	for _, item := range items {
		sem <- struct{}{}
		if good(item) {
			continue
		}
		n++
		<-sem
	}
	return n
}

// A channel that others get may be given back by them.
type shared struct {
	slots chan struct{}
}

func newShared(slots chan struct{}) *shared {
	return &shared{slots: slots}
}

func (s *shared) run(check, work func() error) error {
	s.slots <- struct{}{}
	if err := check(); err != nil {
		return err
	}
	err := work()
	<-s.slots
	return err
}

// Slots is exported: anybody may give back.
type Open struct {
	Slots chan struct{}
}

func NewOpen() *Open {
	return &Open{Slots: make(chan struct{}, 3)}
}

func (o *Open) Run(check, work func() error) error {
	o.Slots <- struct{}{}
	if err := check(); err != nil {
		return err
	}
	err := work()
	<-o.Slots
	return err
}

// It lets go of a slot that it was called with, and takes it back.
type yielding struct {
	slots chan struct{}
}

func newYielding() *yielding {
	return &yielding{slots: make(chan struct{}, 3)}
}

func (y *yielding) run(work func(yield func(time.Duration))) {
	y.slots <- struct{}{}
	defer func() { <-y.slots }()
	work(y.pause)
}

func (y *yielding) pause(d time.Duration) {
	<-y.slots
	time.Sleep(d)
	y.slots <- struct{}{}
}

// All slots are taken to wait for those who have them.
func drain(jobs []func()) {
	sem := make(chan struct{}, 4)
	for _, job := range jobs {
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			job()
		}()
	}
	for i := 0; i < cap(sem); i++ {
		sem <- struct{}{}
	}
}

// Refilled by a clock: what is taken is used up.
type bucket struct {
	tokens chan struct{}
	stop   chan struct{}
}

func newBucket(n int, every time.Duration) *bucket {
	b := &bucket{tokens: make(chan struct{}, n), stop: make(chan struct{})}
	for i := 0; i < n; i++ {
		b.tokens <- struct{}{}
	}
	go func() {
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				b.tokens <- struct{}{}
			case <-b.stop:
				return
			}
		}
	}()
	return b
}

func (b *bucket) do(work func() error) error {
	<-b.tokens
	if err := work(); err == nil {
		return nil
	}
	b.tokens <- struct{}{}
	return errors.New("failed")
}

func (b *bucket) end(wg *sync.WaitGroup) {
	close(b.stop)
	wg.Wait()
}

// One slot is kept at most: there are three more.
var prepared = make(chan struct{}, 4)

func init() {
	if err := setUp(nil); err != nil {
		log.Print(err)
	}
}

func setUp(prepare func() error) error {
	prepared <- struct{}{}
	if prepare == nil {
		return errors.New("nothing to prepare")
	}
	err := prepare()
	<-prepared
	return err
}

// A signal that a goroutine of the function waits for: nothing is taken.
func pipeline(items []string, use func(string) bool) {
	ready := make(chan struct{}, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range items {
			<-ready
			use("")
		}
	}()
	for _, item := range items {
		ready <- struct{}{}
		if use(item) {
			continue
		}
	}
	<-done
}

// Given back by a goroutine that a call starts.
type crew struct {
	slots chan struct{}
}

func newCrew(n int) *crew {
	return &crew{slots: make(chan struct{}, n)}
}

func (c *crew) start(check func() error, work func()) error {
	c.slots <- struct{}{}
	if err := check(); err != nil {
		c.finish(func() {})
		return err
	}
	go c.finish(work)
	return nil
}

func (c *crew) finish(work func()) {
	defer func() { <-c.slots }()
	work()
}

// Kept by a literal that somebody else runs.
func (p *pool) later(check func() error, plan func(func())) error {
	p.slots <- struct{}{}
	if err := check(); err != nil {
		plan(func() { <-p.slots })
		return err
	}
	<-p.slots
	return nil
}

// The loop ends when it has given back what it took.
func (p *pool) retry(work func() error) (err error) {
	held := false
	for i := 0; i < 3; i++ {
		if !held {
			p.slots <- struct{}{}
			held = true
		}
		if err = work(); err != nil {
			continue
		}
		break
	}
	if held {
		<-p.slots
	}
	return err
}

// Each of the goroutines gives back what was taken for it, on every way.
func (p *pool) visit(names []string, load func(string) error) {
	for _, name := range names {
		p.slots <- struct{}{}
		go func() {
			if err := load(name); err != nil {
				<-p.slots
				return
			}
			load("")
			<-p.slots
		}()
	}
}

// The goroutine only tells whether it has done so.
func (p *pool) ask(load func() error) error {
	p.slots <- struct{}{}
	failed := make(chan error, 1)
	go func() {
		if err := load(); err != nil {
			failed <- err
			return
		}
		<-p.slots
		failed <- nil
	}()
	err := <-failed
	if err != nil {
		<-p.slots
	}
	return err
}

// Taken once for a channel that nobody else has.
func single(load func() error) error {
	sem := make(chan struct{}, 2)
	failed := make(chan error, 1)
	sem <- struct{}{}
	go func() {
		err := load()
		failed <- err
		if err != nil {
			return
		}
		<-sem
	}()
	return <-failed
}

// A helper gives back what was taken for the goroutine.
func (p *pool) helped(names []string, load func(string) error) {
	done := func() { <-p.slots }
	for _, name := range names {
		p.slots <- struct{}{}
		go func() {
			if err := load(name); err != nil {
				done()
				return
			}
			<-p.slots
		}()
	}
}

// There is a slot for each goroutine.
func eachOwn(names []string, load func(string) error) {
	sem := make(chan struct{}, len(names))
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{}
			if err := load(name); err != nil {
				return
			}
			<-sem
		}()
	}
	wg.Wait()
}

// A value that is gone with the function.
func inValue(names []string, load func(string) error) error {
	p := &pool{slots: make(chan struct{}, 2)}
	for _, name := range names {
		p.slots <- struct{}{}
		if err := load(name); err != nil {
			return err
		}
		<-p.slots
	}
	return nil
}
