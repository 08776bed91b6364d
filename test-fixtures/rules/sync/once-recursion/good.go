package oncerecursion

import "sync"

type defaults struct {
	once   sync.Once
	values map[string]string
}

func (d *defaults) get(key string) string {
	d.once.Do(d.load)
	return d.values[key]
}

// The field is read as it is.
func (d *defaults) load() {
	d.values = map[string]string{"region": "eu"}
	d.values["host"] = "db." + d.values["region"]
}

// Two of them, one after the other.
func inner(first, second *sync.Once, run func()) {
	first.Do(func() {
		second.Do(run)
	})
}

func fresh(run func()) {
	var outer sync.Once
	outer.Do(func() {
		var once sync.Once
		once.Do(run)
	})
}

// The goroutine waits until the function has run, and the function does not wait for it.
func started(run func()) {
	var once sync.Once
	once.Do(func() {
		go once.Do(run)
	})
}

type node struct {
	once  sync.Once
	left  *node
	total int
}

// Every node has its own.
func (n *node) sum() int {
	n.once.Do(func() {
		n.total = 1
		if n.left != nil {
			n.total += n.left.sum()
		}
	})
	return n.total
}

// The way that leads to Do again is not taken while the function runs.
type cache struct {
	once   sync.Once
	filled bool
}

func (c *cache) use(fill bool) {
	if fill {
		c.once.Do(c.fill)
	}
	c.filled = true
}

func (c *cache) fill() {
	c.use(false)
}

// It is over when the second call comes.
func again(run func()) {
	var once sync.Once
	once.Do(run)
	once.Do(run)
}

// A method of that name, of another type.
type task struct{ depth int }

func (t *task) Do(f func()) {
	f()
}

func (t *task) run() {
	t.Do(func() {
		if t.depth--; t.depth > 0 {
			t.run()
		}
	})
}
