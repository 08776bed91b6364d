package results

import (
	"errors"
	"sync"
)

var errMissing = errors.New("missing")

// What is looked up comes back locked.
type account struct {
	mu      sync.Mutex
	balance int
	closed  bool
}

type bank struct {
	mu       sync.RWMutex
	accounts map[string]*account
}

func (b *bank) locked(id string) (*account, error) {
	b.mu.RLock()
	a, ok := b.accounts[id]
	b.mu.RUnlock()
	if !ok {
		return nil, errMissing
	}
	a.mu.Lock()
	return a, nil
}

func (b *bank) release(a *account) { a.mu.Unlock() }

func (b *bank) deposit(id string, n int) error {
	a, err := b.locked(id) // want "missing-unlock: `a.mu` is still locked at the return on line 41, where `Unlock` is missing"
	if err != nil {
		return err
	}
	if a.closed {
		return errMissing
	}
	a.balance += n
	b.release(a)
	return nil
}

// Found or not is told by a flag.
func (b *bank) try(id string) (*account, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	a := b.accounts[id]
	if a == nil {
		return nil, false
	}
	a.mu.Lock()
	return a, true
}

func (b *bank) withdraw(id string, n int) bool {
	a, ok := b.try(id) // want "`a.mu` is still locked at the return on line 67"
	if !ok {
		return false
	}
	if a.balance < n {
		println(id)
		return false
	}
	a.balance -= n
	a.mu.Unlock()
	return true
}

// It never fails.
func (b *bank) home() *account {
	a := b.accounts[""]
	a.mu.Lock()
	return a
}

func (b *bank) collect(n int) int {
	a := b.home() // want "`a.mu` is still locked at the return on line 84"
	if n == 0 {
		return 0
	}
	a.balance += n
	a.mu.Unlock()
	return n
}

// A value locks itself.
type box struct {
	sync.Mutex
	items []string
}

func (b *box) opened() *box {
	b.Lock()
	return b
}

func pack(b *box, item string) {
	own := b.opened() // want "`own` is still locked at the return on line 105"
	if item == "" {
		return
	}
	own.items = append(own.items, item)
	own.Unlock()
}
