package places

// A field tells them apart.
type gate struct {
	open  bool
	tolls chan int
}

type road struct{ gates map[int]*gate }

func (r *road) Toll(n int) { r.gates[n] = &gate{tolls: make(chan int, 2)} }

func (r *road) Free(n int) { r.gates[n] = &gate{open: true} }

func (g *gate) pass() {
	if g.open {
		return
	}
	g.tolls <- 1
}

func (r *road) Pass(n int) { r.gates[n].pass() }

// It is asked whether there is one.
type bell struct{ rope chan int }

type belfry struct{ bells []*bell }

func (b *belfry) Hang(rope bool) {
	if rope {
		b.bells = append(b.bells, &bell{rope: make(chan int, 1)})
		return
	}
	b.bells = append(b.bells, &bell{})
}

func (b *bell) ring() {
	if b.rope != nil {
		b.rope <- 1
	}
}

func (b *belfry) Ring() {
	for _, x := range b.bells {
		x.ring()
	}
}

// They are kept apart.
type boat struct{ line chan int }

type marina struct {
	moored []*boat
	models []*boat
}

func (m *marina) Moor() { m.moored = append(m.moored, &boat{line: make(chan int, 1)}) }

func (m *marina) Model() { m.models = append(m.models, &boat{}) }

func (b *boat) pull() { b.line <- 1 }

func (m *marina) Pull() {
	for _, b := range m.moored {
		b.pull()
	}
}

func (m *marina) Models() int { return len(m.models) }

// The channel is made before somebody asks for it.
type drum struct{ beats chan int }

type band struct{ drums map[string]*drum }

func (b *band) Add(name string) { b.drums[name] = &drum{beats: make(chan int, 1)} }

func (b *band) Later(name string) { b.drums[name] = &drum{} }

func (d *drum) tune() { d.beats = make(chan int, 1) }

func (d *drum) beat() { d.beats <- 1 }

func (b *band) Play(name string) {
	d := b.drums[name]
	d.tune()
	d.beat()
}

// Who uses it has made it.
type torch struct{ fuel chan int }

func newTorch() *torch { return &torch{fuel: make(chan int, 1)} }

type cave struct{ torches map[int]*torch }

func (c *cave) Light(n int) {
	t := newTorch()
	c.torches[n] = t
	t.burn()
}

func (c *cave) Reserve(n int) { c.torches[n] = &torch{} }

func (c *cave) Count() int { return len(c.torches) }

func (t *torch) burn() { t.fuel <- 1 }
