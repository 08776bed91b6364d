package breakinside

import (
	"log"
	"sync"
	"time"
)

type order int

const (
	orderSlower order = iota
	orderFaster
	orderStop
)

type treadmill struct {
	orders chan order
	speed  int
}

func (t *treadmill) run(wg *sync.WaitGroup) {
	defer wg.Done()
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for {
		select {
		case o := <-t.orders:
			switch o {
			case orderSlower:
				t.speed--
			case orderFaster:
				t.speed++
			case orderStop:
				log.Print("stopping")
				break // want "this `break` leaves the `switch`, not the loop on line 26: after `orderStop` the loop goes round again and never ends"
			}
		case <-ticks.C:
			log.Print(t.speed)
		}
	}
}

func listen(words <-chan string) {
	for {
		switch word := <-words; word {
		case "quit":
			break // want "after `\"quit\"` the loop goes round again and never ends"
		default:
			log.Print(word)
		}
	}
}

// The loop ends where somebody hangs up.
func (t *treadmill) rest() {
	for o := range t.orders {
		switch o {
		case orderStop:
			break
		default:
			t.speed = 0
		}
	}
}

// There is another way out.
func (t *treadmill) walk(off <-chan struct{}) {
	for {
		select {
		case o := <-t.orders:
			switch o {
			case orderFaster:
				t.speed++
			case orderStop:
				t.speed = 0
				break
			}
		case <-off:
			return
		}
	}
}

// Every part ends so.
func (t *treadmill) log() {
	for {
		switch <-t.orders {
		case orderSlower:
			log.Print("slower")
			break
		case orderStop:
			log.Print("stop")
			break
		}
	}
}

// Work like any other.
func (t *treadmill) count() {
	for {
		switch <-t.orders {
		case orderFaster:
			t.speed++
			break
		case orderSlower:
			t.speed--
		}
	}
}

// What follows is skipped, and the loop goes on as it should: it announces no end.
func (t *treadmill) show() {
	for {
		o := <-t.orders
		switch o {
		case orderFaster:
			if t.speed > 9 {
				break
			}
			t.speed++
		case orderSlower:
			t.speed--
		}
	}
}
