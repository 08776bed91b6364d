// Package fixed detaches the volumes that no container of a node uses any more.
package fixed

import (
	"errors"
	"sync"
	"time"
)

var errBusy = errors.New("device busy")

type volume struct {
	name   string
	node   string
	device string
}

type attacher interface {
	detach(v volume) error
}

type driver struct {
	busy map[string]bool
}

func (d *driver) detach(v volume) error {
	if d.busy[v.device] {
		return errBusy
	}
	return nil
}

type actualState struct {
	mu      sync.Mutex
	volumes map[string]volume
}

func (s *actualState) add(v volume) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.volumes[v.name] = v
}

func (s *actualState) remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.volumes, name)
}

func (s *actualState) each(node string, visit func(volume)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.volumes {
		if v.node == node {
			visit(v)
		}
	}
}

type reconciler struct {
	node     string
	actual   *actualState
	attacher attacher
	stop     chan struct{}
	stopped  chan struct{}

	mu      sync.RWMutex
	desired map[string]bool
}

func newReconciler(node string, actual *actualState, a attacher) *reconciler {
	r := &reconciler{
		node:     node,
		actual:   actual,
		attacher: a,
		stop:     make(chan struct{}),
		stopped:  make(chan struct{}),
		desired:  make(map[string]bool),
	}
	go r.loop(20 * time.Millisecond)
	return r
}

func (r *reconciler) loop(period time.Duration) {
	defer close(r.stopped)
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			r.reconcile()
		case <-r.stop:
			return
		}
	}
}

func (r *reconciler) reconcile() {
	var detached []string
	r.actual.each(r.node, func(v volume) {
		if r.wants(v.name) {
			return
		}
		if err := r.attacher.detach(v); err != nil {
			return
		}
		detached = append(detached, v.name)
	})
	for _, name := range detached {
		r.actual.remove(name)
	}
}

func (r *reconciler) wants(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.desired[name]
}

func (r *reconciler) want(names ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.desired)
	for _, name := range names {
		r.desired[name] = true
	}
}

func (r *reconciler) close() {
	close(r.stop)
	<-r.stopped
}

// Run reconciles while a volume is dropped.
func Run() {
	actual := &actualState{volumes: make(map[string]volume)}
	r := newReconciler("node-1", actual, &driver{busy: map[string]bool{"sdb": true}})
	defer r.close()
	r.want("logs", "data")
	actual.add(volume{name: "logs", node: "node-1", device: "sda"})
	actual.add(volume{name: "data", node: "node-1", device: "sdb"})
	time.Sleep(100 * time.Millisecond)
	r.want("data")
	time.Sleep(200 * time.Millisecond)
}
