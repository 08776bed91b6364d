// Package leaky sends log lines to everybody who follows them.
package leaky

import "sync"

// Hub has the followers of one log.
type Hub struct {
	mu        sync.Mutex
	followers map[*Follower]bool
}

// NewHub returns a hub without followers.
func NewHub() *Hub {
	return &Hub{followers: make(map[*Follower]bool)}
}

// Follower is given the lines that are published while it is open.
type Follower struct {
	hub   *Hub
	lines chan string
	gone  chan struct{}
}

// Follow adds a follower.
func (h *Hub) Follow() *Follower {
	f := &Follower{hub: h, lines: make(chan string), gone: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.followers[f] = true
	return f
}

// Publish hands lines to all followers.
func (h *Hub) Publish(lines ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for f := range h.followers {
		f.deliver(lines)
	}
}

func (f *Follower) deliver(lines []string) {
	for _, line := range lines {
		f.lines <- line // blocked: blocking-under-lock|abandoned-send
	}
}

// Until reads up to a line and then leaves the hub.
func (f *Follower) Until(last string) []string {
	defer f.leave()
	var seen []string
	for line := range f.lines {
		seen = append(seen, line)
		if line == last {
			break
		}
	}
	return seen
}

func (f *Follower) leave() {
	f.hub.mu.Lock()
	defer f.hub.mu.Unlock()
	delete(f.hub.followers, f)
	close(f.gone)
}
