// Package leaky forwards log records to hosts, each of which has a queue of its own.
package leaky

import "sync"

// Forwarder knows the hosts of the current configuration.
type Forwarder struct {
	Send func(host, record string)

	mu     sync.Mutex
	queues map[string]chan string
}

// Configure takes over a list of hosts. The queues of hosts that stay are kept.
func (f *Forwarder) Configure(hosts []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	queues := make(map[string]chan string, len(hosts))
	for _, host := range hosts {
		queue, known := f.queues[host]
		if !known {
			queue = make(chan string, 16)
			go f.forward(host, queue)
		}
		queues[host] = queue
	}
	f.queues = queues
}

func (f *Forwarder) forward(host string, queue <-chan string) {
	for record := range queue { // blocked: close-skipped|never-closed-range
		f.Send(host, record)
	}
}

// Log puts a record into all queues that have room.
func (f *Forwarder) Log(record string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, queue := range f.queues {
		select {
		case queue <- record:
		default:
		}
	}
}

// Close ends the forwarding to all hosts.
func (f *Forwarder) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, queue := range f.queues {
		close(queue)
	}
	f.queues = nil
}
