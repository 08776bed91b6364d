package batch

import "sync"

// Each way counts down, one of them by a method.
type parcel struct {
	open sync.WaitGroup
	bad  bool
}

func (p *parcel) reject() {
	p.bad = true
	p.open.Done()
}

type weighJob struct {
	grams  int
	parcel *parcel
}

type scale struct {
	belt chan weighJob
	back chan weighJob
}

func newScale() *scale {
	s := &scale{belt: make(chan weighJob), back: make(chan weighJob)}
	go s.run()
	return s
}

func (s *scale) run() {
	for j := range s.belt {
		if j.grams < 0 {
			j.parcel.reject()
			continue
		}
		println(j.grams)
		j.parcel.open.Done()
	}
}

// Weigh waits for all items of a parcel.
func (s *scale) Weigh(items []int) bool {
	p := &parcel{}
	p.open.Add(len(items))
	for _, g := range items {
		s.belt <- weighJob{g, p}
	}
	p.open.Wait()
	return !p.bad
}

// What cannot be sorted now is put back, or handed to somebody else.
type sack struct {
	open sync.WaitGroup
}

type sortJob struct {
	zip  int
	sack *sack
}

type sorter struct {
	in    chan sortJob
	later []sortJob
}

func newSorter() *sorter {
	s := &sorter{in: make(chan sortJob, 64)}
	go s.run()
	return s
}

func (s *sorter) run() {
	for j := range s.in {
		switch {
		case j.zip == 0:
			s.later = append(s.later, j)
			continue
		case j.zip < 0:
			go func() { j.sack.open.Done() }()
			continue
		}
		j.sack.open.Done()
	}
}

// Sort waits for all letters of a sack.
func (s *sorter) Sort(zips []int) {
	b := &sack{}
	b.open.Add(len(zips))
	for _, z := range zips {
		s.in <- sortJob{z, b}
	}
	b.open.Wait()
}

// Not each that is sent is counted: blank ones are not.
type roll struct {
	open sync.WaitGroup
}

type printJob struct {
	text string
	roll *roll
}

type printer struct {
	tray chan printJob
}

func newPrinter() *printer {
	p := &printer{tray: make(chan printJob)}
	go p.run()
	return p
}

func (p *printer) run() {
	for j := range p.tray {
		if j.text == "" {
			continue
		}
		println(j.text)
		j.roll.open.Done()
	}
}

// Print waits for all that has a text.
func (p *printer) Print(texts []string) {
	r := &roll{}
	for _, t := range texts {
		if t != "" {
			r.open.Add(1)
		}
		p.tray <- printJob{t, r}
	}
	r.open.Wait()
}

// One that belongs to no shelf only wakes the worker.
type shelf struct {
	open sync.WaitGroup
}

type bookJob struct {
	title string
	shelf *shelf
}

type library struct {
	cart chan bookJob
}

func openLibrary() *library {
	l := &library{cart: make(chan bookJob)}
	go l.run()
	return l
}

func (l *library) run() {
	for j := range l.cart {
		if j.shelf == nil {
			continue
		}
		println(j.title)
		j.shelf.open.Done()
	}
}

// Put waits for all books.
func (l *library) Put(titles []string) {
	s := &shelf{}
	for _, t := range titles {
		s.open.Add(1)
		l.cart <- bookJob{t, s}
	}
	s.open.Wait()
}

// Wake lets the worker turn once.
func (l *library) Wake() { l.cart <- bookJob{} }

// Deferred in a function of its own.
type crate struct {
	open sync.WaitGroup
}

type packJob struct {
	egg   int
	crate *crate
}

type packer struct {
	line chan packJob
}

func newPacker() *packer {
	p := &packer{line: make(chan packJob)}
	go p.run()
	return p
}

func (p *packer) run() {
	for j := range p.line {
		p.one(j)
	}
}

func (p *packer) one(j packJob) {
	defer j.crate.open.Done()
	if j.egg < 0 {
		return
	}
	println(j.egg)
}

// Pack waits for all eggs.
func (p *packer) Pack(eggs []int) {
	c := &crate{}
	c.open.Add(len(eggs))
	for _, e := range eggs {
		p.line <- packJob{e, c}
	}
	c.open.Wait()
}
