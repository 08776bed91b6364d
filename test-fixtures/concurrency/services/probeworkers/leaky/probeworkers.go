// Package leaky probes the containers of a node.
package leaky

import (
	"sync"
	"time"
)

// Health is what a probe finds.
type Health int

// The results of a probe.
const (
	Healthy Health = iota
	Failing
	Gone
)

// Prober asks one container how it is.
type Prober interface {
	Probe(container string) Health
}

// Manager has a worker for every container of the node.
type Manager struct {
	prober Prober
	period time.Duration

	mu      sync.Mutex
	workers map[string]*worker
	health  map[string]Health
}

type worker struct {
	manager   *Manager
	container string
	failures  int
	stop      chan struct{}
}

// NewManager returns a manager without containers.
func NewManager(prober Prober, period time.Duration) *Manager {
	return &Manager{
		prober:  prober,
		period:  period,
		workers: make(map[string]*worker),
		health:  make(map[string]Health),
	}
}

// Add starts to probe a container.
func (m *Manager) Add(container string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.workers[container]; ok {
		return
	}
	w := &worker{manager: m, container: container, stop: make(chan struct{})}
	m.workers[container] = w
	go w.run(m.period)
}

// Remove ends the probes of a container.
func (m *Manager) Remove(container string) {
	m.mu.Lock()
	w, ok := m.workers[container]
	delete(m.workers, container)
	delete(m.health, container)
	m.mu.Unlock()
	if !ok {
		return
	}
	w.stop <- struct{}{} // blocked: abandoned-send
}

// Health returns the result of the last probe.
func (m *Manager) Health(container string) (Health, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h, ok := m.health[container]
	return h, ok
}

func (m *Manager) record(container string, h Health) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.workers[container]; ok {
		m.health[container] = h
	}
}

func (w *worker) run(period time.Duration) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-ticker.C:
			if !w.probe() {
				return
			}
		}
	}
}

// probe reports whether there is still something to probe.
func (w *worker) probe() bool {
	h := w.manager.prober.Probe(w.container)
	switch h {
	case Gone:
		return false
	case Failing:
		w.failures++
	default:
		w.failures = 0
	}
	if w.failures != 1 {
		w.manager.record(w.container, h)
	}
	return true
}
