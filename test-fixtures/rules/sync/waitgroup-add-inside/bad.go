package waitgroupaddinside

import (
	"context"
	"sync"
)

func warm(caches []func()) {
	var wg sync.WaitGroup
	for _, fill := range caches {
		go func() {
			wg.Add(1) // want "waitgroup-add-inside: `wg.Add` runs inside the goroutine started on line 11 that it counts"
			defer wg.Done()
			fill()
		}()
	}
	wg.Wait()
}

func notFirst(urls []string, fetch func(string) error) {
	wg := &sync.WaitGroup{}
	for _, u := range urls {
		go func(u string) {
			if u == "" {
				u = "index.html"
			}
			// Count it.
			wg.Add(1) // want "waitgroup-add-inside: `wg.Add`"
			defer wg.Done()
			_ = fetch(u)
		}(u)
	}
	wg.Wait()
}

func passed(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func(group *sync.WaitGroup) {
			group.Add(1) // want "waitgroup-add-inside: `wg.Add`"
			job()
			group.Done()
		}(&wg)
	}
	wg.Wait()
}

func named(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go run(job, &wg) // want "waitgroup-add-inside: `wg.Add` runs inside the goroutine started on line 51"
	}
	wg.Wait()
}

func run(job func(), wg *sync.WaitGroup) {
	wg.Add(1)
	defer wg.Done()
	job()
}

type crawler struct {
	wg    sync.WaitGroup
	pages []string
}

func (c *crawler) crawl(ctx context.Context, visit func(context.Context, string)) {
	for _, page := range c.pages {
		go func() {
			c.wg.Add(1) // want "waitgroup-add-inside: `c.wg.Add`"
			defer c.wg.Done()
			visit(ctx, page)
		}()
	}
	c.wg.Wait()
}

func deferredWait(load func(int)) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for i := range 4 {
		go func() {
			defer wg.Done()
			wg.Add(1) // want "waitgroup-add-inside: `wg.Add`"
			load(i)
		}()
	}
}

type line struct{ workers sync.WaitGroup }

// The next turn waits for a worker that may not have begun.
func (l *line) replaced(read func()) {
	for range 3 {
		l.workers.Wait()
		go l.connect(read) // want "waitgroup-add-inside"
	}
}

func (l *line) connect(read func()) {
	l.workers.Add(1)
	defer l.workers.Done()
	read()
}

// A loop over a slice waits for nobody.
func meanwhile(names []string, job func()) {
	var wg sync.WaitGroup
	go func() {
		wg.Add(1) // want "waitgroup-add-inside: "
		defer wg.Done()
		job()
	}()
	for _, name := range names {
		println(name)
	}
	wg.Wait()
}
