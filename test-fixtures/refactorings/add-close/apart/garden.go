package apart

import "time"

type garden struct {
	beds map[string]int
}

func (g *garden) water(every time.Duration) {
	for {
		time.Sleep(every)
		g.beds["roses"]++
	}
}

func tend() {
	g := newGarden(time.Hour)
	println(len(g.beds))
}
