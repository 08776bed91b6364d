// Package leaky looks for broken links, a few at a time.
package leaky

import (
	"slices"
	"sync"
)

// Checker asks servers for pages.
type Checker struct {
	Head  func(link string) (status int, err error)
	Limit int
}

// Broken returns the links that lead nowhere, sorted.
func (c *Checker) Broken(links []string) []string {
	var (
		slots  = make(chan struct{}, c.Limit)
		wg     sync.WaitGroup
		mu     sync.Mutex
		broken []string
	)
	report := func(link string) {
		mu.Lock()
		defer mu.Unlock()
		broken = append(broken, link)
	}
	for _, link := range links {
		slots <- struct{}{} // blocked: missing-unlock
		wg.Go(func() {
			status, err := c.Head(link)
			if err != nil {
				report(link)
				return
			}
			if status >= 400 {
				report(link)
			}
			<-slots
		})
	}
	wg.Wait()
	slices.Sort(broken)
	return broken
}
