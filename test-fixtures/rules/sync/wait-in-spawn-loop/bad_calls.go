package waitinspawnloop

import "sync"

// sweep copies pages, each in a goroutine that a method starts.
type sweep struct {
	open  sync.WaitGroup
	slots chan struct{}
	quit  chan struct{}
	done  []string
}

func (s *sweep) begin(page string) bool {
	select {
	case s.slots <- struct{}{}:
	case <-s.quit:
		return false
	}
	s.open.Add(1)
	go func() {
		defer s.open.Done()
		fetch(page)
		<-s.slots
	}()
	return true
}

func (s *sweep) note(page string) { s.done = append(s.done, page) }

func (s *sweep) run(books map[string][]string) {
	for book, pages := range books {
		s.note(book)
		for _, page := range pages {
			if !s.begin(page) {
				return
			}
			s.open.Wait() // want "wait-in-spawn-loop: `s.open.Wait` stands inside the loop: each turn waits for the goroutine it has just started on line 20"
		}
	}
}

func launchFor(wg *sync.WaitGroup, url string) {
	wg.Go(func() { fetch(url) })
}

func launched(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		launchFor(&wg, url)
		wg.Wait() // want "wait-in-spawn-loop: `wg.Wait` stands inside the loop"
	}
}
