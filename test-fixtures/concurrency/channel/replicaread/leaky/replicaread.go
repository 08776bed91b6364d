package leaky

import (
	"errors"
	"fmt"
)

// Replica is one copy of a shard that can be asked for a key.
type Replica interface {
	Get(key string) (string, error)
}

// MemReplica keeps its keys in memory; a fenced one refuses reads.
type MemReplica struct {
	Data   map[string]string
	Fenced bool
}

var errFenced = errors.New("replica is fenced")

// Get implements Replica.
func (m *MemReplica) Get(key string) (string, error) {
	if m.Fenced {
		return "", errFenced
	}
	value, ok := m.Data[key]
	if !ok {
		return "", fmt.Errorf("no key %q", key)
	}
	return value, nil
}

type reply struct {
	value string
	err   error
}

// Reader reads a key from a primary and a secondary and compares both.
type Reader struct {
	Primary, Secondary Replica
}

func (r *Reader) ask(replica Replica, key string) <-chan reply {
	out := make(chan reply)
	go func() {
		value, err := replica.Get(key)
		out <- reply{value, err} // blocked: abandoned-send
	}()
	return out
}

// Read gives the value when both replicas agree on it.
func (r *Reader) Read(key string) (string, error) {
	first := r.ask(r.Primary, key)
	second := r.ask(r.Secondary, key)
	a := <-first
	if a.err != nil {
		return "", fmt.Errorf("primary: %w", a.err)
	}
	b := <-second
	if b.err != nil {
		return "", fmt.Errorf("secondary: %w", b.err)
	}
	if a.value != b.value {
		return "", fmt.Errorf("replicas disagree on %q", key)
	}
	return a.value, nil
}
