package waitinspawnloop

import (
	"sync"
	"testing"
)

func TestOneAfterTheOther(t *testing.T) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch("a")
		}()
		wg.Wait()
	}
}
