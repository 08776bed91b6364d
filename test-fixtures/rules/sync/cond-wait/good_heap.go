package condwait

import (
	"container/heap"
	"sync"
)

// All who wait are woken for each letter.
type sorter struct {
	mu     sync.Mutex
	change *sync.Cond
	bag    byWeight
	carts  map[int]bool
	known  map[string]bool
}

type byWeight []int

func (b byWeight) Len() int           { return len(b) }
func (b byWeight) Less(i, j int) bool { return b[i] < b[j] }
func (b byWeight) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *byWeight) Push(x any)        { *b = append(*b, x.(int)) }
func (b *byWeight) Pop() any {
	all := *b
	w := all[len(all)-1]
	*b = all[:len(all)-1]
	return w
}

func newSorter() *sorter {
	s := &sorter{carts: map[int]bool{}, known: map[string]bool{}}
	s.change = sync.NewCond(&s.mu)
	return s
}

func (s *sorter) Put(name string, weight int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[name] {
		return
	}
	s.known[name] = true
	heap.Push(&s.bag, weight)
	s.change.Broadcast()
}

func (s *sorter) Take() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.bag.Len() == 0 {
		s.change.Wait()
	}
	w := heap.Pop(&s.bag).(int)
	s.carts[w] = true
	return w
}

func (s *sorter) Return(weight int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.carts, weight)
	s.change.Broadcast()
}

func (s *sorter) AwaitIdle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.bag.Len() > 0 || len(s.carts) > 0 {
		s.change.Wait()
	}
}

// Each has a condition variable of its own.
type archive struct {
	mu     sync.Mutex
	filled *sync.Cond
	idle   *sync.Cond
	boxes  byWeight
	out    map[int]bool
}

func newArchive() *archive {
	a := &archive{out: map[int]bool{}}
	a.filled = sync.NewCond(&a.mu)
	a.idle = sync.NewCond(&a.mu)
	return a
}

func (a *archive) Add(weight int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	heap.Push(&a.boxes, weight)
	a.filled.Signal()
}

func (a *archive) Take() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.boxes.Len() == 0 {
		a.filled.Wait()
	}
	w := heap.Pop(&a.boxes).(int)
	a.out[w] = true
	return w
}

func (a *archive) Return(weight int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.out, weight)
	if a.boxes.Len() == 0 && len(a.out) == 0 {
		a.idle.Broadcast()
	}
}

func (a *archive) AwaitIdle() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.boxes.Len() > 0 || len(a.out) > 0 {
		a.idle.Wait()
	}
}

// What a Push does is not known: it may take others out.
type larder struct {
	mu     sync.Mutex
	change *sync.Cond
	jars   atMostOne
	open   map[int]bool
}

type atMostOne []int

func (b atMostOne) Len() int           { return len(b) }
func (b atMostOne) Less(i, j int) bool { return b[i] < b[j] }
func (b atMostOne) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *atMostOne) Push(x any)        { *b = []int{x.(int)} }
func (b *atMostOne) Pop() any {
	w := (*b)[0]
	*b = nil
	return w
}

func newLarder() *larder {
	l := &larder{open: map[int]bool{}}
	l.change = sync.NewCond(&l.mu)
	return l
}

func (l *larder) Put(jar int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	heap.Push(&l.jars, jar)
	l.change.Signal()
}

func (l *larder) Take() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.jars.Len() == 0 {
		l.change.Wait()
	}
	jar := heap.Pop(&l.jars).(int)
	l.open[jar] = true
	return jar
}

func (l *larder) AwaitIdle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.jars.Len() > 0 || len(l.open) > 0 {
		l.change.Wait()
	}
}

func (l *larder) Finish(jar int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, jar)
	l.change.Broadcast()
}

// Only a guest who is known puts something there, and then nobody waits for the guests to leave.
type guestbook struct {
	mu     sync.Mutex
	change *sync.Cond
	pages  byWeight
	guests map[string]bool
}

func newGuestbook() *guestbook {
	g := &guestbook{guests: map[string]bool{}}
	g.change = sync.NewCond(&g.mu)
	return g
}

func (g *guestbook) Welcome(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.guests[name] {
		return
	}
	g.guests[name] = true
	g.change.Broadcast()
}

func (g *guestbook) Write(name string, page int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.guests[name] {
		return
	}
	heap.Push(&g.pages, page)
	g.change.Broadcast()
}

func (g *guestbook) Read() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.pages.Len() == 0 {
		g.change.Wait()
	}
	return heap.Pop(&g.pages).(int)
}

func (g *guestbook) AwaitGuest() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for len(g.guests) == 0 {
		g.change.Wait()
	}
}

func (g *guestbook) Leave(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.guests[name]; !ok {
		g.change.Signal()
		return
	}
	delete(g.guests, name)
}
