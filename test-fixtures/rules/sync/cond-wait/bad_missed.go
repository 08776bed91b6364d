package condwait

import "sync"

type oven struct {
	mu   sync.Mutex
	hot  *sync.Cond
	temp int
}

func newOven() *oven {
	o := &oven{}
	o.hot = sync.NewCond(&o.mu)
	return o
}

func (o *oven) heat() {
	o.mu.Lock()
	o.temp = 200
	o.mu.Unlock()
	o.hot.Signal()
}

func (o *oven) isCold() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.temp < 200
}

// The lock is let go of between the test and the wait.
func (o *oven) bake() {
	for o.isCold() {
		o.mu.Lock()
		o.hot.Wait() // want "cond-wait: `o.hot.Wait` may never return: the signal on line 21 can come before this wait begins"
		o.mu.Unlock()
	}
}

func dinner() {
	o := newOven()
	go o.heat()
	o.bake()
}

// One signal for two who wait.
func relayRace() {
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
				cond.Wait() // want "cond-wait: `cond.Wait` may never return"
			}
		}()
	}
	mu.Lock()
	started = true
	mu.Unlock()
	cond.Signal()
	wg.Wait()
}

// Who signals gives up when there is nothing to do.
func fetched(load func() (string, bool)) string {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	value, loaded := "", false
	go func() {
		v, ok := load()
		if !ok {
			return
		}
		mu.Lock()
		value, loaded = v, true
		mu.Unlock()
		cond.Broadcast()
	}()
	mu.Lock()
	defer mu.Unlock()
	for !loaded {
		cond.Wait() // want "cond-wait: `cond.Wait` may never return: everybody who could signal has ended or is blocked"
	}
	return value
}
