package condwait

import "sync"

type kettle struct {
	mu   sync.Mutex
	hot  *sync.Cond
	temp int
}

func newKettle() *kettle {
	k := &kettle{}
	k.hot = sync.NewCond(&k.mu)
	return k
}

func (k *kettle) heat() {
	k.mu.Lock()
	k.temp = 100
	k.mu.Unlock()
	k.hot.Signal()
}

func (k *kettle) brew() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for k.temp < 100 {
		k.hot.Wait()
	}
}

func tea() {
	k := newKettle()
	go k.heat()
	k.brew()
}

// Everybody is woken.
func race() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	started := false
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			for !started {
				cond.Wait()
			}
		}()
	}
	mu.Lock()
	started = true
	mu.Unlock()
	cond.Broadcast()
	wg.Wait()
}

// A failure is told, too.
func fetchedOrNot(load func() (string, bool)) string {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	value, done := "", false
	go func() {
		v, ok := load()
		mu.Lock()
		if ok {
			value = v
		}
		done = true
		mu.Unlock()
		cond.Broadcast()
	}()
	mu.Lock()
	defer mu.Unlock()
	for !done {
		cond.Wait()
	}
	return value
}
