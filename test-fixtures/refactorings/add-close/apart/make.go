package apart

import "time"

func newGarden(every time.Duration) *garden {
	g := &garden{beds: map[string]int{}}
	go g.water(every) // refactor
	return g
}
