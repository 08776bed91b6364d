package waitgroupmissingdone

import "sync"

type gallery struct {
	pending sync.WaitGroup
	width   func([]byte) (int, error)
}

func (g *gallery) render(picture []byte) {
	if _, err := g.width(picture); err != nil {
		return
	}
	g.pending.Done()
}

// The goroutine runs a method.
func (g *gallery) renderAll(pictures [][]byte) {
	for _, p := range pictures {
		g.pending.Add(1)
		go g.render(p)
	}
	g.pending.Wait() // want "waitgroup-missing-done"
}
