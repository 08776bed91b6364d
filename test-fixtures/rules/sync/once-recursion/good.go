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

// What the function calls reads the map as it is.
type menu struct {
	loaded sync.Once
	price  map[string]int
	read   func() []string
}

func newMenu(read func() []string) *menu { return &menu{read: read} }

func (m *menu) ready() {
	m.loaded.Do(func() {
		m.price = map[string]int{}
		for _, name := range m.read() {
			m.price[name] = m.known(name) + 1
		}
	})
}

// Price is that of a dish.
func (m *menu) Price(name string) int {
	m.ready()
	return m.known(name)
}

func (m *menu) known(name string) int { return m.price[name] }

// Each has a parent of its own, which is loaded first.
type scope struct {
	loaded sync.Once
	parent *scope
	names  []string
}

func (s *scope) ready() {
	s.loaded.Do(func() {
		if s.parent != nil {
			s.names = append(s.names, s.parent.Names()...)
		}
	})
}

// Names are all of a scope.
func (s *scope) Names() []string {
	s.ready()
	return s.names
}

// While the function runs, those who ask are answered without it.
type catalogue struct {
	loaded  sync.Once
	loading bool
	titles  []string
}

func (c *catalogue) ready() {
	if c.loading {
		return
	}
	c.loaded.Do(func() {
		c.loading = true
		c.titles = append(c.titles, c.First())
		c.loading = false
	})
}

// First is the first title.
func (c *catalogue) First() string {
	c.ready()
	if len(c.titles) == 0 {
		return ""
	}
	return c.titles[0]
}

var (
	tableOnce sync.Once
	table     map[string]int
)

// What a package variable says of it is known.
func lookUp(name string) int {
	tableOnce.Do(func() {
		table = map[string]int{"a": 1}
		table["b"] = double("a")
	})
	return table[name]
}

func double(name string) int {
	if n, ok := table[name]; ok {
		return 2 * n
	}
	return lookUp(name)
}

var (
	printerOnce sync.Once
	printer     *task
)

// The printer prints as soon as there is one.
func getPrinter() *task {
	printerOnce.Do(func() { printer = makePrinter() })
	return printer
}

func makePrinter() *task {
	note("makes a printer")
	return &task{}
}

func note(line string) {
	if printer != nil {
		getPrinter().depth += len(line)
	}
}

// Press prints as soon as there is a task.
type Press struct {
	made  sync.Once
	task  *task
	ready bool
}

// Task is made when it is first asked for.
func (p *Press) Task() *task {
	p.made.Do(func() {
		p.task = p.makeTask()
		p.ready = true
	})
	return p.task
}

func (p *Press) makeTask() *task {
	p.note("makes a task")
	p.count()
	return &task{}
}

func (p *Press) note(line string) {
	made := p.task
	if made == nil {
		return
	}
	p.Task().depth += len(line)
}

func (p *Press) count() {
	if p.isReady() {
		p.Task().depth++
	}
}

func (p *Press) isReady() bool { return p.ready }

// Locale has a fallback from the start, so that nobody asks for one while it is read.
type Locale struct {
	loaded sync.Once
	read   func(*Locale)
	base   string
	tag    string
}

// NewLocale returns a locale that is read later.
func NewLocale(base string, read func(*Locale)) *Locale { return &Locale{base: base, read: read} }

func (l *Locale) ready() {
	l.loaded.Do(func() {
		l.read(l)
		if l.base == "" {
			l.base = l.Tag()
		}
	})
}

// Tag is what it is called.
func (l *Locale) Tag() string {
	l.ready()
	return l.tag
}

// Theme has its colours before it looks for one.
type Theme struct {
	loaded  sync.Once
	read    func() []string
	colours []string
	first   string
}

// NewTheme returns a theme that is read later.
func NewTheme(read func() []string) *Theme { return &Theme{read: read} }

func (t *Theme) ready() {
	t.loaded.Do(func() {
		t.colours = append(t.read(), "black")
		if len(t.colours) == 0 {
			t.first = t.First()
		}
	})
}

// First is the first colour.
func (t *Theme) First() string {
	t.ready()
	return t.colours[0]
}
