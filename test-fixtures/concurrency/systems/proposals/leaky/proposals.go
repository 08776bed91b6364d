// Package leaky lets clients of a consensus node wait for their proposals.
package leaky

import (
	"context"
	"errors"
	"sync"
)

var errSteppedDown = errors.New("node is no longer the leader")

type proposal struct {
	index  uint64
	data   string
	result chan error
}

func (p *proposal) finish(err error) {
	p.result <- err // blocked: double-send
}

type node struct {
	mu      sync.Mutex
	leader  bool
	last    uint64
	pending []*proposal
	applied []string

	commits chan uint64
	cancel  context.CancelFunc
	done    sync.WaitGroup
}

func start(parent context.Context) *node {
	ctx, cancel := context.WithCancel(parent)
	n := &node{leader: true, commits: make(chan uint64, 4), cancel: cancel}
	n.done.Go(func() { n.run(ctx) })
	return n
}

func (n *node) propose(data string) error {
	n.mu.Lock()
	if !n.leader {
		n.mu.Unlock()
		return errSteppedDown
	}
	n.last++
	p := &proposal{index: n.last, data: data, result: make(chan error)}
	n.pending = append(n.pending, p)
	n.mu.Unlock()
	select {
	case n.commits <- p.index:
		return <-p.result
	case err := <-p.result:
		return err
	}
}

func (n *node) run(ctx context.Context) {
	for {
		select {
		case index := <-n.commits:
			n.apply(index)
		case <-ctx.Done():
			n.stepDown()
			return
		}
	}
}

func (n *node) apply(index uint64) {
	var committed []*proposal
	n.mu.Lock()
	for _, p := range n.pending {
		if p.index == index {
			n.applied = append(n.applied, p.data)
			committed = append(committed, p)
		}
	}
	n.mu.Unlock()
	for _, p := range committed {
		p.finish(nil)
	}
}

func (n *node) stepDown() {
	n.mu.Lock()
	n.leader = false
	lost := n.pending
	n.pending = nil
	n.mu.Unlock()
	for _, p := range lost {
		p.finish(errSteppedDown)
	}
}

func (n *node) stop() {
	n.cancel()
	n.done.Wait()
}

// Run makes one proposal and stops the node.
func Run() {
	n := start(context.Background())
	if n.propose("set x=1") != nil {
		return
	}
	n.stop()
}
