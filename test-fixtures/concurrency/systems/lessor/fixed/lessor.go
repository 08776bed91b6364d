// Package fixed attaches keys to leases and deletes them when a lease is revoked.
package fixed

import (
	"sync"
	"time"
)

type deleter interface {
	deleteKey(key string)
}

type lease struct {
	id   int64
	keys map[string]bool
}

type lessor struct {
	backend deleter
	persist func()

	mu     sync.Mutex
	leases map[int64]*lease
}

func newLessor(persist func()) *lessor {
	return &lessor{persist: persist, leases: make(map[int64]*lease)}
}

func (l *lessor) grant(id int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leases[id] = &lease{id: id, keys: make(map[string]bool)}
}

func (l *lessor) attach(id int64, key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	granted, ok := l.leases[id]
	if ok {
		granted.keys[key] = true
	}
	return ok
}

func (l *lessor) revoke(id int64) {
	l.mu.Lock()
	revoked, ok := l.leases[id]
	if !ok {
		l.mu.Unlock()
		return
	}
	delete(l.leases, id)
	l.persist()
	l.mu.Unlock()
	for key := range revoked.keys {
		l.backend.deleteKey(key)
	}
}

type keyspace struct {
	lessor  *lessor
	persist func()

	mu     sync.Mutex
	values map[string]string
}

func (s *keyspace) put(key, value string, lease int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key] = value
	s.persist()
	return lease == 0 || s.lessor.attach(lease, key)
}

func (s *keyspace) deleteKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, key)
}

// Run revokes a lease while another key is attached to it.
func Run() {
	var syncs sync.WaitGroup
	persist := func() { time.Sleep(100 * time.Millisecond) }
	l := newLessor(persist)
	s := &keyspace{lessor: l, persist: persist, values: make(map[string]string)}
	l.backend = s
	l.grant(1)
	s.put("lock/a", "held", 1)
	syncs.Go(func() { s.put("lock/b", "held", 1) })
	syncs.Go(func() { l.revoke(1) })
	syncs.Wait()
}
