package condwait

import (
	"container/heap"
	"sync"
)

// A clinic calls patients by urgency; the porter locks up when nobody is left.
type clinic struct {
	mu      sync.Mutex
	change  *sync.Cond
	waiting byUrgency
	inRoom  map[int]bool
	known   map[string]bool
	locked  bool
}

type patient struct {
	name    string
	number  int
	urgency int
}

type byUrgency []patient

func (b byUrgency) Len() int           { return len(b) }
func (b byUrgency) Less(i, j int) bool { return b[i].urgency > b[j].urgency }
func (b byUrgency) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *byUrgency) Push(x any)        { *b = append(*b, x.(patient)) }
func (b *byUrgency) Pop() any {
	all := *b
	last := len(all) - 1
	p := all[last]
	*b = all[:last]
	return p
}

func newClinic() *clinic {
	c := &clinic{inRoom: map[int]bool{}, known: map[string]bool{}}
	c.change = sync.NewCond(&c.mu)
	return c
}

// Enter lets nobody wait twice.
func (c *clinic) Enter(name string, number, urgency int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[name] {
		return
	}
	c.known[name] = true
	heap.Push(&c.waiting, patient{name: name, number: number, urgency: urgency})
	c.change.Signal()
}

func (c *clinic) Next() (patient, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.waiting.Len() == 0 && !c.locked {
		c.change.Wait() // want "`c\\.change\\.Wait` may go on waiting after its condition has ended: the `Signal` on line 53 wakes only one, and that may be who waits on line 87 in `AwaitEmpty`"
	}
	if c.locked {
		return patient{}, false
	}
	p := heap.Pop(&c.waiting).(patient)
	c.inRoom[p.number] = true
	return p, true
}

func (c *clinic) Discharge(number int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.inRoom, number)
	if c.isEmpty() {
		c.change.Broadcast()
	}
}

func (c *clinic) isEmpty() bool {
	return c.waiting.Len() == 0 && len(c.inRoom) == 0
}

func (c *clinic) AwaitEmpty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.isEmpty() {
		c.change.Wait()
	}
}

func (c *clinic) LockUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.locked = true
	c.change.Broadcast()
}
