// A program hands letters on that it does not sort: somebody else counts those down.
package main

import (
	"fmt"
	"sync"
)

type card struct {
	to    string
	tries int
}

type tray struct {
	cards chan card
	open  sync.WaitGroup
	late  chan card

	mu    sync.Mutex
	boxes map[string]int
}

func (t *tray) sort() {
	for c := range t.cards {
		if c.tries > 1 {
			t.late <- c
			continue
		}
		if c.to == "" {
			continue
		}
		t.put(c)
		t.open.Done()
	}
}

func (t *tray) sortLate() {
	for c := range t.late {
		t.put(c)
		t.open.Done()
	}
}

func (t *tray) put(c card) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.boxes[c.to]++
}

func main() {
	t := &tray{cards: make(chan card), late: make(chan card), boxes: make(map[string]int)}
	go t.sort()
	go t.sortLate()
	for _, c := range []card{{to: "Bern"}, {to: "Rome", tries: 2}, {}} {
		t.open.Add(1)
		t.cards <- c
	}
	t.open.Wait() // want "this wait for `t.open` may last for ever"
	close(t.cards)
	close(t.late)
	fmt.Println(t.boxes)
}
