package batch

import "sync"

// The stamps of one letter; a clerk who has seen a letter before goes on with the next one.
type letter struct {
	open  sync.WaitGroup
	mu    sync.Mutex
	marks []string
}

func (l *letter) mark(s string) {
	l.mu.Lock()
	l.marks = append(l.marks, s)
	l.mu.Unlock()
	l.open.Done()
}

type stampJob struct {
	page   string
	letter *letter
}

type office struct {
	desk chan stampJob
	mu   sync.Mutex
	seen map[string]bool
}

func openOffice(clerks int) *office {
	o := &office{desk: make(chan stampJob), seen: map[string]bool{}}
	for range clerks {
		go o.clerk()
	}
	return o
}

func (o *office) isSeen(page string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	was := o.seen[page]
	o.seen[page] = true
	return was
}

func (o *office) clerk() {
	for j := range o.desk {
		if o.isSeen(j.page) {
			continue
		}
		j.letter.mark(j.page)
	}
}

// Stamp waits for all pages.
func (o *office) Stamp(pages []string) []string {
	l := &letter{}
	l.open.Add(len(pages))
	for _, p := range pages {
		o.desk <- stampJob{p, l}
	}
	l.open.Wait() // want "this wait for `l.open` may last for ever"
	return l.marks
}

// The group itself travels with the item.
type washJob struct {
	shirt int
	left  *sync.WaitGroup
}

type washer struct {
	drum  chan *washJob
	tried func(int) bool
}

func (w *washer) turn() {
	for {
		j, ok := <-w.drum
		if !ok {
			return
		}
		if w.tried(j.shirt) {
			println(j.shirt)
			j.left.Done()
		}
	}
}

func newWasher(tried func(int) bool) *washer {
	w := &washer{drum: make(chan *washJob, 1), tried: tried}
	go w.turn()
	return w
}

// Wash waits for all shirts.
func (w *washer) Wash(shirts []int) {
	var left sync.WaitGroup
	for _, s := range shirts {
		left.Add(1)
		w.drum <- &washJob{shirt: s, left: &left}
	}
	left.Wait() // want "this wait for `left` may last for ever"
}
