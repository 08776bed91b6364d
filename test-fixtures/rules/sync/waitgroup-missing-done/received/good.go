package received

import "sync"

type press struct {
	pages chan int
	busy  sync.WaitGroup
	late  []int
}

func newPress() *press {
	p := &press{pages: make(chan int, 8)}
	go p.run()
	return p
}

func (p *press) Print(page int) {
	p.busy.Add(1)
	p.pages <- page
}

func (p *press) run() {
	for page := range p.pages {
		p.one(page)
	}
}

func (p *press) one(page int) {
	defer p.busy.Done()
	if page < 0 {
		return
	}
	println(page)
}

func (p *press) Close() {
	p.busy.Wait()
	close(p.pages)
}

// What is put off stays counted, and is counted down later.
type clinic struct {
	patients chan *patient
	inside   sync.WaitGroup
	waiting  []*patient
}

type patient struct{ early bool }

func newClinic() *clinic {
	c := &clinic{patients: make(chan *patient, 8)}
	go c.run()
	return c
}

func (c *clinic) Admit(p *patient) {
	c.inside.Add(1)
	c.patients <- p
}

func (c *clinic) run() {
	for p := range c.patients {
		if p.early {
			c.waiting = append(c.waiting, p)
			continue
		}
		c.inside.Done()
	}
}

func (c *clinic) Close() {
	c.inside.Wait()
	close(c.patients)
}

// Not everything that is sent is counted.
type depot struct {
	parcels chan *parcel
	stored  sync.WaitGroup
}

type parcel struct{ probe bool }

func newDepot() *depot {
	d := &depot{parcels: make(chan *parcel)}
	go d.run()
	return d
}

func (d *depot) Store(p *parcel) {
	d.stored.Add(1)
	d.parcels <- p
}

func (d *depot) Probe() {
	d.parcels <- &parcel{probe: true}
}

func (d *depot) run() {
	for p := range d.parcels {
		if p.probe {
			continue
		}
		d.stored.Done()
	}
}

func (d *depot) Close() {
	d.stored.Wait()
	close(d.parcels)
}

// Callers count down what they have fetched.
type shelf struct {
	books chan string
	lent  sync.WaitGroup
}

func newShelf() *shelf { return &shelf{books: make(chan string, 8)} }

func (s *shelf) Put(book string) {
	s.lent.Add(1)
	s.books <- book
}

func (s *shelf) Fetch(want func(string) bool) (string, bool) {
	for book := range s.books {
		if want(book) {
			return book, true
		}
		s.lent.Done()
	}
	return "", false
}

func (s *shelf) Return() { s.lent.Done() }

func (s *shelf) Close() { s.lent.Wait() }

// A goroutine of its own counts down.
type studio struct {
	tapes chan string
	cut   sync.WaitGroup
}

func newStudio() *studio {
	s := &studio{tapes: make(chan string)}
	go s.run()
	return s
}

func (s *studio) Cut(tape string) {
	s.cut.Add(1)
	s.tapes <- tape
}

func (s *studio) run() {
	for tape := range s.tapes {
		if tape == "long" {
			go func() {
				defer s.cut.Done()
				println(tape)
			}()
			continue
		}
		s.cut.Done()
	}
}

func (s *studio) Close() {
	s.cut.Wait()
	close(s.tapes)
}
