//go:build go1.21

package sleepassync

import "time"

type gauge struct{ sum int }

func (g *gauge) add(values []int) {
	for _, v := range values {
		g.sum += v
	}
}

// Without `wg.Go`, and with arguments that the goroutine may look at later.
func (g *gauge) addAll(first, second []int) int {
	go g.add(first)
	go func(values []int) {
		g.add(values)
	}(second)
	time.Sleep(time.Second) // want "until the goroutine of line 17 has set `g.sum`"
	return g.sum
}

// Each turn has another argument, in a variable that all turns share.
func (g *gauge) addEach(lists [][]int) int {
	for _, list := range lists {
		go g.add(list)
	}
	time.Sleep(time.Second) // want "has set `g.sum`"
	return g.sum
}
