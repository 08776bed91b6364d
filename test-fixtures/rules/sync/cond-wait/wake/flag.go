package wake

import "sync"

type shared struct {
	mu    sync.Mutex
	ready bool
}

type waiter struct {
	state *shared
	cond  *sync.Cond
}

// Who sets the flag does not know the condition: there is nothing to call there.
func (s *shared) set() {
	s.mu.Lock()
	s.ready = true
	s.mu.Unlock()
}

func (w *waiter) wait() {
	w.state.mu.Lock()
	defer w.state.mu.Unlock()
	for !w.state.ready {
		w.cond.Wait() // want "cond-wait"
	}
}

func (w *waiter) wake() {
	w.cond.Broadcast()
}

func setLate() {
	s := &shared{}
	w := &waiter{state: s, cond: sync.NewCond(&s.mu)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.wait()
	}()
	w.wake()
	s.set()
	<-done
}
