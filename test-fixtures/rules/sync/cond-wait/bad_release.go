package condwait

import "sync"

type backlog struct {
	mu    sync.Mutex
	more  *sync.Cond
	items []string
	done  bool
}

func newBacklog() *backlog {
	b := &backlog{}
	b.more = sync.NewCond(&b.mu)
	return b
}

func (b *backlog) end() {
	b.mu.Lock()
	b.done = true
	b.mu.Unlock()
	b.more.Broadcast()
}

func (b *backlog) add(item string) {
	b.mu.Lock()
	b.items = append(b.items, item)
	b.mu.Unlock()
	b.more.Signal()
}

func (b *backlog) next() (string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 && !b.done {
		b.more.Wait() // want "cond-wait"
	}
	if len(b.items) == 0 {
		return "", false
	}
	item := b.items[0]
	b.items = b.items[1:]
	return item, true
}

// The one who fills it ends early on an empty item, and nobody hears of the end.
func (b *backlog) fill(items []string) {
	for _, item := range items {
		if item == "" {
			return
		}
		b.add(item)
	}
	b.end()
}

func emptied() (all []string) {
	b := newBacklog()
	go b.fill([]string{"a", "", "b"})
	for item, ok := b.next(); ok; item, ok = b.next() {
		all = append(all, item)
	}
	return all
}
