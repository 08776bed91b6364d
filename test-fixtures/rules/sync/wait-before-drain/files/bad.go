package files

import "sync"

// The senders are in another file.
func total(a, b func() int) int {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { put(out, a) })
	wg.Go(func() { put(out, b) })
	wg.Wait() // want "wait-before-drain: this wait for `wg` may last for ever: a goroutine it waits for is blocked on line 4 \\(put.go\\)"
	return <-out + <-out
}
