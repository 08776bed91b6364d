package fixed

import (
	"errors"
	"strings"
	"sync"
)

// ErrTopic is given for names that cannot be topics.
var ErrTopic = errors.New("bad topic")

// Message is what subscribers get.
type Message struct {
	Topic string
	Body  []byte
}

// Bus has one subscriber per topic.
type Bus struct {
	mu     sync.RWMutex
	topics map[string]chan Message
	active sync.WaitGroup
}

// NewBus gives a bus without topics.
func NewBus() *Bus {
	return &Bus{topics: make(map[string]chan Message)}
}

// Subscribe makes a topic and calls handle with its messages until the bus is closed.
func (b *Bus) Subscribe(topic string, handle func(Message)) error {
	if topic == "" || strings.Contains(topic, " ") {
		return ErrTopic
	}
	messages := make(chan Message, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, taken := b.topics[topic]; taken {
		return ErrTopic
	}
	b.topics[topic] = messages
	b.active.Go(func() {
		for m := range messages {
			handle(m)
		}
	})
	return nil
}

// Publish hands a message to the topic's subscriber. It must not be called while the bus is being closed.
func (b *Bus) Publish(m Message) error {
	if m.Topic == "" {
		return ErrTopic
	}
	b.mu.RLock()
	messages, known := b.topics[m.Topic]
	b.mu.RUnlock()
	if !known {
		return ErrTopic
	}
	messages <- m
	return nil
}

// Close lets all subscribers finish.
func (b *Bus) Close() {
	b.mu.Lock()
	for topic, messages := range b.topics {
		delete(b.topics, topic)
		close(messages)
	}
	b.mu.Unlock()
	b.active.Wait()
}
