// Package leaky finds out which members of a cluster are alive.
package leaky

import (
	"slices"
	"sync"
	"time"
)

// relayBuffer is enough for the usual number of relays.
const relayBuffer = 2

// Transport reaches other members.
type Transport interface {
	// Ping asks one member, or asks it through a relay when one is given.
	Ping(relay, target string, timeout time.Duration) bool
}

// Config says how members are probed.
type Config struct {
	Timeout time.Duration
	Relays  int
}

// Detector probes members.
type Detector struct {
	config    Config
	transport Transport

	mu      sync.RWMutex
	members []string
	suspect map[string]int
}

// NewDetector returns a detector for the given members.
func NewDetector(config Config, transport Transport, members ...string) *Detector {
	return &Detector{config: config, transport: transport, members: members, suspect: make(map[string]int)}
}

// Alive probes a member, first directly and then through others.
func (d *Detector) Alive(target string) bool {
	if d.transport.Ping("", target, d.config.Timeout) || d.indirect(target) {
		d.note(target, true)
		return true
	}
	d.note(target, false)
	return false
}

func (d *Detector) note(target string, alive bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if alive {
		delete(d.suspect, target)
	} else {
		d.suspect[target]++
	}
}

func (d *Detector) relays(target string) []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	others := slices.DeleteFunc(slices.Clone(d.members), func(m string) bool {
		return m == target || d.suspect[m] > 0
	})
	return others[:min(len(others), d.config.Relays)]
}

func (d *Detector) indirect(target string) bool {
	relays := d.relays(target)
	acks := make(chan bool, relayBuffer)
	for _, relay := range relays {
		go d.ask(relay, target, acks)
	}
	for range relays {
		if <-acks {
			return true
		}
	}
	return false
}

func (d *Detector) ask(relay, target string, acks chan<- bool) {
	acks <- d.transport.Ping(relay, target, 2*d.config.Timeout) // blocked: surplus-senders|abandoned-send
}
