package doubleclose

import "sync"

// Copier ends in one place.
type Copier struct {
	copyPage func(page string) error
	pages    chan string
	halt     chan struct{}
	ending   sync.Once
	done     chan struct{}

	mu  sync.Mutex
	err error
}

// NewCopier starts to copy.
func NewCopier(copyPage func(page string) error) *Copier {
	c := &Copier{copyPage: copyPage, pages: make(chan string), halt: make(chan struct{}), done: make(chan struct{})}
	go c.run()
	return c
}

func (c *Copier) run() {
	defer close(c.done)
	for {
		select {
		case page := <-c.pages:
			if err := c.copyPage(page); err != nil {
				c.fail(err)
				return
			}
		case <-c.halt:
			return
		}
	}
}

func (c *Copier) fail(err error) {
	c.mu.Lock()
	c.err = err
	c.mu.Unlock()
	c.end()
}

func (c *Copier) end() { c.ending.Do(func() { close(c.halt) }) }

// Put hands a page over, unless the copier has ended.
func (c *Copier) Put(page string) bool {
	select {
	case c.pages <- page:
		return true
	case <-c.halt:
		return false
	}
}

// Stop ends the copying.
func (c *Copier) Stop() error {
	c.end()
	<-c.done
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
