package lockorder

import "sync"

type rack struct {
	mu    sync.Mutex
	id    int
	boxes int
}

// The lower number first, whichever way they go.
func (r *rack) give(to *rack, n int) {
	a, b := r, to
	if b.id < a.id {
		a, b = b, a
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	r.boxes -= n
	to.boxes += n
}

func exchange() {
	left, right := &rack{id: 1}, &rack{id: 2}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		left.give(right, 1)
	}()
	go func() {
		defer wg.Done()
		right.give(left, 2)
	}()
	wg.Wait()
}

// One of them takes the two in the other order.
func polite(eat func()) {
	var first, second, third sync.Mutex
	var wg sync.WaitGroup
	wg.Add(3)
	go func() {
		defer wg.Done()
		first.Lock()
		defer first.Unlock()
		second.Lock()
		defer second.Unlock()
		eat()
	}()
	go func() {
		defer wg.Done()
		second.Lock()
		defer second.Unlock()
		third.Lock()
		defer third.Unlock()
		eat()
	}()
	go func() {
		defer wg.Done()
		first.Lock()
		defer first.Unlock()
		third.Lock()
		defer third.Unlock()
		eat()
	}()
	wg.Wait()
}

// One after the other.
func inTurn() {
	left, right := &shelf{books: 3}, &shelf{books: 5}
	left.give(right, 1)
	right.give(left, 2)
}
