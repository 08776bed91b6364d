// Program reader waits for a condition under a lock for readers, which it lets go of meanwhile.
package main

import "sync"

type t struct {
	sync.RWMutex
	c    sync.Cond
	done bool
}

func main() {
	x := &t{}
	x.c.L = x.RWMutex.RLocker()
	go func() {
		x.Lock()
		x.done = true
		x.Unlock()
		x.c.Broadcast()
	}()
	x.RLock()
	for !x.done {
		x.c.Wait()
	}
	x.RUnlock()
}
