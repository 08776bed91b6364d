// Package leaky fetches the blocks of a file ahead of the reader.
package leaky

import (
	"strings"
	"sync"
)

type fetcher struct {
	mu       sync.Mutex
	stored   *sync.Cond
	blocks   map[int]string
	progress chan int
	fetch    func(block int) string
}

func newFetcher(fetch func(block int) string) *fetcher {
	f := &fetcher{blocks: make(map[int]string), progress: make(chan int), fetch: fetch}
	f.stored = sync.NewCond(&f.mu)
	return f
}

func (f *fetcher) run(count int) {
	defer close(f.progress)
	for block := range count {
		data := f.fetch(block)
		f.mu.Lock()
		f.blocks[block] = data
		f.mu.Unlock()
		f.stored.Broadcast()
		f.progress <- block
	}
}

func (f *fetcher) wait(block int) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		if data, ok := f.blocks[block]; ok {
			return data
		}
		f.stored.Wait() // blocked: cond-wait|wait-before-drain
	}
}

func (f *fetcher) text(count int, show func(done int)) string {
	var b strings.Builder
	for block := range count {
		b.WriteString(f.wait(block))
	}
	for block := range f.progress {
		show(block + 1)
	}
	return b.String()
}

// Run reads a file of three blocks.
func Run() {
	f := newFetcher(func(block int) string { return strings.Repeat("x", 4+block) })
	go f.run(3)
	shown := 0
	text := f.text(3, func(done int) { shown = done })
	if len(text) != 15 || shown != 3 {
		panic("a block is missing")
	}
}
