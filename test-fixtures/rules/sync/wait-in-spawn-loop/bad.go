package waitinspawnloop

import (
	"fmt"
	"sync"
	"sync/atomic"
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
		wg.Wait() // want "wait-in-spawn-loop: `wg.Wait` stands inside the loop: .* started on line 15"
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

type counted struct {
	wg    sync.WaitGroup
	total atomic.Int64
}

func (c *counted) one(n int) {
	defer c.wg.Done()
	c.total.Add(int64(n))
}

// Adding up is not counting.
func (c *counted) all(n int) {
	for i := range n {
		c.wg.Add(1)
		go c.one(i)
		c.wg.Wait() // want "wait-in-spawn-loop: `c.wg.Wait` stands inside the loop"
	}
}

func countedBefore(batches [][]string) {
	var wg sync.WaitGroup
	wg.Add(len(batches))
	for _, batch := range batches {
		go func() {
			defer wg.Done()
			for _, url := range batch {
				fetch(url)
			}
		}()
		wg.Wait() // want "wait-in-spawn-loop: `wg` was counted up on line 129 for the goroutines of all turns of the loop on line 130"
	}
}

func batchesCountedBefore(urls []string, size int) {
	var wg sync.WaitGroup
	wg.Add(len(urls))
	for len(urls) > 0 {
		n := min(size, len(urls))
		for _, url := range urls[:n] {
			go fetchFor(&wg, url)
		}
		wg.Wait() // want "wait-in-spawn-loop: `wg` was counted up"
		urls = urls[n:]
	}
}
