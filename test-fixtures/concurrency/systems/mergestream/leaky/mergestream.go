// Package leaky merges a snapshot and the log after it into the input of a new replica.
package leaky

import (
	"context"
	"sync"
)

type entry struct {
	index uint64
	key   string
}

type part struct {
	entries []entry
	out     chan entry
}

func (p *part) send(ctx context.Context) {
	defer close(p.out)
	for _, e := range p.entries {
		select {
		case p.out <- e:
		case <-ctx.Done():
			return
		}
	}
}

type replica struct {
	mu      sync.Mutex
	applied uint64
	keys    map[string]uint64
}

func (r *replica) apply(e entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.keys[e.key] < e.index {
		r.keys[e.key] = e.index
	}
	r.applied = max(r.applied, e.index)
}

type transfer struct {
	target *replica

	cancel  context.CancelFunc
	readers sync.WaitGroup
}

func (t *transfer) start(parent context.Context, snapshot, log []entry) {
	ctx, cancel := context.WithCancel(parent)
	t.cancel = cancel
	base := &part{entries: snapshot, out: make(chan entry)}
	tail := &part{entries: log, out: make(chan entry)}
	t.readers.Go(func() { base.send(ctx) })
	t.readers.Go(func() { tail.send(ctx) })
	go t.merge(base.out, tail.out)
}

func (t *transfer) merge(base, tail <-chan entry) {
	for {
		select { // blocked: nil-channel
		case e, ok := <-base:
			if !ok {
				base = nil
				continue
			}
			t.target.apply(e)
		case e, ok := <-tail:
			if !ok {
				tail = nil
				continue
			}
			t.target.apply(e)
		}
	}
}

func (t *transfer) wait() {
	t.readers.Wait()
	t.cancel()
}

// Run transfers a small snapshot and a shorter log.
func Run() {
	r := &replica{keys: make(map[string]uint64)}
	t := &transfer{target: r}
	t.start(context.Background(), []entry{{1, "a"}, {2, "b"}, {3, "c"}}, []entry{{4, "a"}})
	t.wait()
}
