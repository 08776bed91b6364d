/**
 * Tests, which are there as a whole: what they do is computed, not guessed. A line that ends in `// leak: RULE` is one where
 * the model has to find that. Of each pair the second is the first, repaired.
 */

export interface Pair {
  title: string;
  leaky: string;
  fixed: string;
}

export const WHOLE_PROGRAMS: Pair[] = [
  {
    title: 'a setting that a constructor fills in says how many there may be',
    leaky: `type options struct{ size int }

type pool struct {
	opts  options
	slots chan struct{}
	made  int
}

func newPool(opts options) *pool {
	if opts.size == 0 {
		opts.size = 1
	}
	return &pool{opts: opts, slots: make(chan struct{}, opts.size)}
}

func (p *pool) get() (int, error) {
	p.slots <- struct{}{} // leak: abandoned-send
	p.made++
	if p.made%2 == 1 {
		return 0, errors.New("bad connection")
	}
	return p.made, nil
}

func (p *pool) put() { <-p.slots }

func TestPool(t *testing.T) {
	p := newPool(options{})
	if _, err := p.get(); err == nil {
		t.Fatal("want an error")
	}
	go func() {
		if _, err := p.get(); err == nil {
			p.put()
		}
	}()
}
`,
    fixed: `type options struct{ size int }

type pool struct {
	opts  options
	slots chan struct{}
	made  int
}

func newPool(opts options) *pool {
	if opts.size == 0 {
		opts.size = 1
	}
	return &pool{opts: opts, slots: make(chan struct{}, opts.size)}
}

func (p *pool) get() (int, error) {
	p.slots <- struct{}{}
	p.made++
	if p.made%2 == 1 {
		<-p.slots
		return 0, errors.New("bad connection")
	}
	return p.made, nil
}

func (p *pool) put() { <-p.slots }

func TestPool(t *testing.T) {
	p := newPool(options{})
	if _, err := p.get(); err == nil {
		t.Fatal("want an error")
	}
	go func() {
		if _, err := p.get(); err == nil {
			p.put()
		}
	}()
}
`,
  },
  {
    title: 'a channel and a function have methods and are used through an interface',
    leaky: `type sink interface{ write(n int) }

type chanSink chan<- int

func (c chanSink) write(n int) { c <- n } // leak: producer-outlives-consumer

type check interface{ allow(n int) bool }

type checkFunc func(n int) bool

func (f checkFunc) allow(n int) bool { return f(n) }

func copyAll(s sink, n int) {
	for i := range n {
		s.write(i)
	}
}

func TestCopy(t *testing.T) {
	ch := make(chan int)
	var c check = checkFunc(func(n int) bool { return n < 1 })
	go func() {
		for n := range ch {
			if !c.allow(n) {
				return
			}
		}
	}()
	copyAll(chanSink(ch), 3)
	close(ch)
}
`,
    fixed: `type sink interface{ write(n int) }

type chanSink chan<- int

func (c chanSink) write(n int) { c <- n }

type check interface{ allow(n int) bool }

type checkFunc func(n int) bool

func (f checkFunc) allow(n int) bool { return f(n) }

func copyAll(s sink, n int) {
	for i := range n {
		s.write(i)
	}
}

func TestCopy(t *testing.T) {
	ch := make(chan int)
	var c check = checkFunc(func(n int) bool { return n < 1 })
	go func() {
		for n := range ch {
			if !c.allow(n) {
				continue
			}
		}
	}()
	copyAll(chanSink(ch), 3)
	close(ch)
}
`,
  },
  {
    title: 'a lock is held by a function that panics and recovers',
    leaky: `type router struct {
	mu     sync.Mutex
	routes map[string]func() string
}

func (r *router) serve(path string) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	r.mu.Lock() // leak: missing-unlock|double-lock
	out = r.routes[path]()
	r.mu.Unlock()
	return out, nil
}

func TestServe(t *testing.T) {
	r := &router{routes: map[string]func() string{"/": func() string { return "home" }}}
	if _, err := r.serve("/none"); err == nil {
		t.Fatal("want an error")
	}
	go r.serve("/")
}
`,
    fixed: `type router struct {
	mu     sync.Mutex
	routes map[string]func() string
}

func (r *router) serve(path string) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.routes[path](), nil
}

func TestServe(t *testing.T) {
	r := &router{routes: map[string]func() string{"/": func() string { return "home" }}}
	if _, err := r.serve("/none"); err == nil {
		t.Fatal("want an error")
	}
	go r.serve("/")
}
`,
  },
];
