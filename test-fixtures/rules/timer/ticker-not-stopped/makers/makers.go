//go:build go1.21

package makers

import (
	"time"
)

type pace struct{ every time.Duration }

func (p pace) beats() *time.Ticker {
	every := p.every
	if every <= 0 {
		every = time.Second
	}
	return time.NewTicker(every)
}
