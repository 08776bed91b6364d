package condwait

import "sync"

// A ferry that leaves when it is full: a car that could drive on may get the signal for the captain, as several cars have queued.
type carFerry struct {
	mu     sync.Mutex
	deck   *sync.Cond
	spaces int
	cars   int
	moored bool
}

func newCarFerry(spaces int) *carFerry {
	f := &carFerry{spaces: spaces}
	f.deck = sync.NewCond(&f.mu)
	return f
}

func (f *carFerry) board() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.cars == f.spaces && !f.moored {
		f.deck.Wait()
	}
	if f.moored {
		return false
	}
	f.cars++
	f.deck.Signal()
	return true
}

func (f *carFerry) cross() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.cars < f.spaces && !f.moored {
		f.deck.Wait() // want "the `Signal` on line 30 wakes only one, and that may be who waits on line 24 in `board`, where `f.cars == f.spaces && !f.moored` still holds"
	}
	carried := f.cars
	f.cars = 0
	f.deck.Signal()
	return carried
}

func (f *carFerry) moor() {
	f.mu.Lock()
	f.moored = true
	f.mu.Unlock()
	f.deck.Broadcast()
}

// Queue lets all drivers come at once.
func Queue(drivers int) {
	f := newCarFerry(6)
	captain := make(chan struct{})
	go func() {
		defer close(captain)
		for f.cross() > 0 {
		}
	}()
	var ashore sync.WaitGroup
	for range drivers {
		ashore.Add(1)
		go func() {
			defer ashore.Done()
			f.board()
		}()
	}
	ashore.Wait()
	f.moor()
	<-captain
}
