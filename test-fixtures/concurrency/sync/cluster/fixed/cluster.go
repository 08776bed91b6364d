// Package fixed hands tasks to a node and counts what it has done.
package fixed

import (
	"sync"
	"time"
)

type sink interface {
	record(task string)
}

type scheduler struct {
	mu      sync.Mutex
	waiting int
	node    *node
}

func (s *scheduler) assign(task string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting++
	busy()
	s.node.start(task)
}

func (s *scheduler) backlog() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waiting
}

type node struct {
	mu      sync.Mutex
	running map[string]bool
	done    sink
}

func (n *node) start(task string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.running[task] = true
}

func (n *node) finish(task string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	busy()
	delete(n.running, task)
	n.done.record(task)
}

type meter struct {
	mu    sync.RWMutex
	count map[string]int
	tasks *scheduler
}

func (m *meter) record(task string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count[task]++
}

func (m *meter) report() (done, waiting int) {
	waiting = m.tasks.backlog()
	m.mu.RLock()
	defer m.mu.RUnlock()
	busy()
	return len(m.count), waiting
}

// busy stands for the work that is done with the lock held.
func busy() { time.Sleep(50 * time.Millisecond) }

// Run assigns a task while another one ends and a report is made.
func Run() {
	m := &meter{count: make(map[string]int)}
	n := &node{running: map[string]bool{"build": true}, done: m}
	m.tasks = &scheduler{node: n}
	go m.tasks.assign("test")
	go n.finish("build")
	m.report()
}
