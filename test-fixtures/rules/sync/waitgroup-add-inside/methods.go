package waitgroupaddinside

import "sync"

type copier struct {
	slots chan struct{}
	wg    sync.WaitGroup
	copy  func(string) error
}

// The goroutine is a method, and another one waits.
func (c *copier) Submit(name string) {
	c.slots <- struct{}{}
	go c.handle(name)
}

func (c *copier) handle(name string) {
	defer func() { <-c.slots }()
	c.wg.Add(1) // want "runs inside the goroutine that it counts and that `Submit` starts"
	defer c.wg.Done()
	_ = c.copy(name)
}

func (c *copier) Close() { c.wg.Wait() }

// The group is a parameter, and there are two starts.
func countAll(names, more []string, add func(string)) {
	var group sync.WaitGroup
	for _, name := range names {
		go countOne(name, add, &group) // want "`group.Add` runs inside the goroutine"
	}
	if len(more) > 0 {
		go countOne(more[0], add, &group) // want "`group.Add` runs inside the goroutine"
	}
	group.Wait()
}

func countOne(name string, add func(string), wg *sync.WaitGroup) {
	wg.Add(1)
	defer wg.Done()
	add(name)
}

// Called as a plain function, too, it has to count itself.
type flatbed struct {
	wg   sync.WaitGroup
	scan func(string)
}

func (s *flatbed) Start(path string) {
	go s.one(path)
}

func (s *flatbed) Scan(path string) { s.one(path) }

func (s *flatbed) one(path string) {
	s.wg.Add(1) // want "runs inside the goroutine that it counts and that `Start` starts"
	defer s.wg.Done()
	s.scan(path)
}

func (s *flatbed) Close() { s.wg.Wait() }

// The lock keeps the count apart from the wait.
type forwarder struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	handle func(string)
}

func (r *forwarder) Take(name string) {
	go r.run(name)
}

func (r *forwarder) run(name string) {
	r.mu.Lock()
	r.wg.Add(1) // want "runs inside the goroutine that it counts and that `Take` starts"
	r.mu.Unlock()
	defer r.wg.Done()
	r.handle(name)
}

func (r *forwarder) Close() {
	r.mu.Lock()
	r.wg.Wait()
	r.mu.Unlock()
}
