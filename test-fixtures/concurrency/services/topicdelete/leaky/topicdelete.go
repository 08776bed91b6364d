// Package leaky has the topics of a message broker and those who subscribe to them.
package leaky

import "sync"

// Journal makes changes of the broker durable.
type Journal interface {
	Record(change string)
}

// Broker has topics.
type Broker struct {
	journal Journal

	mu     sync.RWMutex
	topics map[string]*Topic
}

// Topic has subscriptions.
type Topic struct {
	broker    *Broker
	name      string
	ephemeral bool

	mu            sync.Mutex
	subscriptions map[string]chan []byte
}

// NewBroker returns a broker without topics.
func NewBroker(journal Journal) *Broker {
	return &Broker{journal: journal, topics: make(map[string]*Topic)}
}

// Topic returns a topic and makes it when there is none.
func (b *Broker) Topic(name string, ephemeral bool) *Topic {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, ok := b.topics[name]
	if !ok {
		t = &Topic{broker: b, name: name, ephemeral: ephemeral, subscriptions: make(map[string]chan []byte)}
		b.topics[name] = t
	}
	return t
}

// Delete removes a topic and ends its subscriptions.
func (b *Broker) Delete(name string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, ok := b.topics[name]
	if !ok {
		return false
	}
	delete(b.topics, name)
	b.journal.Record("delete topic " + name)
	t.close()
	return true
}

func (b *Broker) forget(t *Topic) {
	b.mu.Lock() // blocked: lock-order
	defer b.mu.Unlock()
	if b.topics[t.name] == t {
		delete(b.topics, t.name)
	}
}

// Subscribe returns the messages of a topic.
func (t *Topic) Subscribe(client string) <-chan []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	messages := make(chan []byte, 8)
	t.subscriptions[client] = messages
	return messages
}

// Unsubscribe ends a subscription, and with the last one an ephemeral topic.
func (t *Topic) Unsubscribe(client string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	messages, ok := t.subscriptions[client]
	if !ok {
		return
	}
	delete(t.subscriptions, client)
	close(messages)
	t.broker.journal.Record("unsubscribe " + client + " from " + t.name)
	if len(t.subscriptions) == 0 && t.ephemeral {
		t.broker.forget(t)
	}
}

func (t *Topic) close() {
	t.mu.Lock() // blocked: lock-order
	defer t.mu.Unlock()
	for client, messages := range t.subscriptions {
		delete(t.subscriptions, client)
		close(messages)
	}
}
