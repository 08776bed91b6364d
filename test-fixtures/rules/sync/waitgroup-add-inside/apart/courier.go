package apart

import "sync"

type courier struct {
	wg    sync.WaitGroup
	carry func(string) error
}

func (c *courier) run(parcel string) {
	c.wg.Add(1) // want "waitgroup-add-inside: `c.wg.Add` runs inside the goroutine that it counts and that `Send` starts"
	defer c.wg.Done()
	_ = c.carry(parcel)
}

func (c *courier) Close() { c.wg.Wait() }
