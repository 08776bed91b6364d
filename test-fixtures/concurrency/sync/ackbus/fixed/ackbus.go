// Package fixed is a message bus that waits until every handler has acknowledged a message.
package fixed

import "sync"

type message struct {
	id   int
	body string
}

type handler func(m message, ack func())

type bus struct {
	handlers []handler
}

func (b *bus) subscribe(h handler) {
	b.handlers = append(b.handlers, h)
}

func (b *bus) publish(m message) {
	var acks sync.WaitGroup
	for _, h := range b.handlers {
		acks.Add(1)
		go h(m, acks.Done)
	}
	acks.Wait()
}

// unique passes on only the first of several messages with the same number.
func unique(next handler) handler {
	var mu sync.Mutex
	seen := make(map[int]bool)
	return func(m message, ack func()) {
		mu.Lock()
		again := seen[m.id]
		seen[m.id] = true
		mu.Unlock()
		if again {
			ack()
			return
		}
		next(m, ack)
	}
}

type archive struct {
	mu     sync.Mutex
	bodies []string
}

func (a *archive) store(m message, ack func()) {
	defer ack()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.bodies = append(a.bodies, m.body)
}

// Run publishes three messages, one of them twice.
func Run() {
	var all, once archive
	b := &bus{}
	b.subscribe(all.store)
	b.subscribe(unique(once.store))
	for _, m := range []message{{1, "up"}, {2, "down"}, {1, "up"}} {
		b.publish(m)
	}
}
