package lockorder

import "sync"

// Two values of one type, each way round.
type shelf struct {
	mu    sync.Mutex
	books int
}

func (s *shelf) give(to *shelf, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to.mu.Lock() // want "lock-order: `to.mu` is locked while `s.mu` is held, and the goroutine that holds it waits on line 14 for this one"
	defer to.mu.Unlock()
	s.books -= n
	to.books += n
}

func swap() {
	left, right := &shelf{books: 3}, &shelf{books: 5}
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

// Three in a circle: each has the one that its neighbour wants.
func dine(eat func()) {
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
		third.Lock()
		defer third.Unlock()
		first.Lock() // want "lock-order: `first` is locked while `third` is held, which closes a circle of 3 locks"
		defer first.Unlock()
		eat()
	}()
	wg.Wait()
}
