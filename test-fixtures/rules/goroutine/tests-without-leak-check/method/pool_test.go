package method

import "testing"

func TestPool(t *testing.T) { // want "line 7 of `pool.go`"
	p := &Pool{jobs: make(chan func())}
	p.Start(2)
	p.Stop()
}
