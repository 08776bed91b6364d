// Package shared lets callers wait for the answer to another one.
package shared

import "sync"

type call struct {
	wg    sync.WaitGroup
	value int
	err   error
}

// Calls lets those who ask for the same key wait for one call.
type Calls struct {
	mu    sync.Mutex
	calls map[string]*call
}

func NewCalls() *Calls { return &Calls{calls: map[string]*call{}} }

// Who waits is not told of an error.
func (c *Calls) Do(key string, fn func() (int, error)) (int, error) {
	c.mu.Lock()
	if running, ok := c.calls[key]; ok {
		c.mu.Unlock()
		running.wg.Wait() // want "waitgroup-missing-done"
		return running.value, running.err
	}
	mine := new(call)
	mine.wg.Add(1)
	c.calls[key] = mine
	c.mu.Unlock()

	mine.value, mine.err = fn()
	c.forget(key)
	if mine.err != nil {
		return 0, mine.err
	}
	mine.wg.Done()
	return mine.value, nil
}

func (c *Calls) forget(key string) {
	c.mu.Lock()
	delete(c.calls, key)
	c.mu.Unlock()
}

func (c *Calls) DoSafely(key string, fn func() (int, error)) (int, error) {
	c.mu.Lock()
	if running, ok := c.calls[key]; ok {
		c.mu.Unlock()
		running.wg.Wait()
		return running.value, running.err
	}
	mine := new(call)
	mine.wg.Add(1)
	c.calls[key] = mine
	c.mu.Unlock()

	mine.value, mine.err = fn()
	mine.wg.Done()
	c.forget(key)
	return mine.value, mine.err
}
