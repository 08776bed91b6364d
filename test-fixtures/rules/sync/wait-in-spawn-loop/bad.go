package waitinspawnloop

import (
	"fmt"
	"sync"
)

func fetch(url string) {}

func literal(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		wg.Wait() // want "wait-in-spawn-loop: `wg.Wait` stands inside the loop: .* started on line 14"
	}
}

func fetchFor(wg *sync.WaitGroup, url string) {
	defer wg.Done()
	fetch(url)
}

// The group is passed to a function.
func passed(urls []string) {
	var wg sync.WaitGroup
	for i := 0; i < len(urls); i++ {
		wg.Add(1)
		go fetchFor(&wg, urls[i])
		fmt.Println("fetching", urls[i])
		wg.Wait() // want "wait-in-spawn-loop: "
	}
}

func goMethod(urls []string) {
	wg := new(sync.WaitGroup)
	for _, url := range urls {
		wg.Go(func() {
			fetch(url)
		})
		wg.Wait() // want "wait-in-spawn-loop: "
	}
}

type mirror struct {
	wg   sync.WaitGroup
	seen []string
}

func (m *mirror) field(urls []string) {
	for _, url := range urls {
		m.wg.Add(1)
		go func() {
			defer m.wg.Done()
			fetch(url)
		}()
		m.wg.Wait() // want "wait-in-spawn-loop: `m.wg.Wait`"
	}
}

// Run at the same time the goroutines would write the same variable: no fix.
func sharedResult(urls []string) (last string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			last = url
		}()
		wg.Wait() // want "wait-in-spawn-loop: "
	}
	return last
}

var all sync.WaitGroup

func packageGroup(urls []string) {
	for _, url := range urls {
		all.Add(1)
		go func(u string) {
			fetch(u)
			all.Done()
		}(url)
		all.Wait() // want "wait-in-spawn-loop: "
	}
}

// A return out of the loop would not wait.
func leaves(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		if url == "" {
			return
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		wg.Wait() // want "wait-in-spawn-loop: "
	}
}
