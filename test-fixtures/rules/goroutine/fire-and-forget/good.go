package fireandforget

import (
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
)

func SaveAndTell(name string, data []byte) <-chan error {
	done := make(chan error, 1)
	go func() { done <- os.WriteFile(name, data, 0o600) }()
	return done
}

func Counted(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			os.Remove(name)
		}()
	}
	wg.Wait()
}

func InGroup(name string) {
	var wg sync.WaitGroup
	wg.Go(func() { os.Remove(name) })
	wg.Wait()
}

type pump struct {
	quit chan struct{}
	n    atomic.Int64
}

// Ended by a channel that a function it calls receives from.
func (p *pump) Start(tick <-chan int) {
	go p.run(tick)
}

func (p *pump) run(tick <-chan int) {
	for p.step(tick) {
		p.n.Add(1)
	}
}

func (p *pump) step(tick <-chan int) bool {
	select {
	case <-p.quit:
		return false
	case <-tick:
		return true
	}
}

func (p *pump) Stop() { close(p.quit) }

// Others can see how far it is.
func (p *pump) Bump(name string) {
	go func() {
		os.Remove(name)
		p.n.Add(1)
	}()
}

func Under(ctx context.Context, work func(context.Context) error) {
	go func() { _ = work(ctx) }()
}

func Given(work func()) {
	go work()
}

func Calls(work func()) {
	go func() { work() }()
}

// Closing one of them ends it.
func Join(a, b net.Conn) {
	go io.Copy(a, b)
	go func() {
		io.Copy(b, a)
	}()
}

func Meant(name string) {
	//hygiene:daemon leaves a file behind at worst
	go func() {
		os.Remove(name)
	}()
}

func init() {
	go func() { os.Remove("stale") }()
}

var warm sync.Once

func Warm() {
	warm.Do(func() {
		go func() { os.ReadFile("cache") }()
	})
}

// Who reads learns that it is closed.
func Stream(name string) io.Reader {
	r, w := io.Pipe()
	go func() {
		data, err := os.ReadFile(name)
		w.Write(data)
		w.CloseWithError(err)
	}()
	return r
}

// The process ends it.
func Reap(cmd *exec.Cmd) {
	go func() { _ = cmd.Wait() }()
}

type queue struct {
	once sync.Once
	done chan struct{}
}

// The function is given by its name, and tells who waits.
func (q *queue) Flush() {
	go q.trigger()
	<-q.done
}

func (q *queue) trigger() { q.once.Do(q.run) }

func (q *queue) run() { close(q.done) }

type group interface {
	Add(n int)
	Done()
	Wait()
}

// A group that somebody else has made.
func RemoveAll(names []string, g group) {
	g.Add(len(names))
	for _, name := range names {
		go func() {
			os.Remove(name)
			g.Done()
		}()
	}
	g.Wait()
}

func Nothing() {
	go func() {
	}()
}
