//go:build go1.21

package main

import (
	"context"
	"time"
)

type barometer struct{ sum int }

func (g *barometer) add(values []int) {
	for _, v := range values {
		g.sum += v
	}
}

// Without `wg.Go`, and with arguments that the goroutine may look at later.
func (g *barometer) addAll(first, second []int) int {
	go g.add(first)
	go func(values []int) {
		g.add(values)
	}(second)
	time.Sleep(time.Second) // want "until the goroutine of line 20 has set `g.sum`"
	return g.sum
}

func (g *barometer) read(ctx context.Context, values []int) {
	if ctx.Err() == nil {
		g.add(values)
	}
}

// The argument has got its last value before.
func (g *barometer) readAll(ctx context.Context, values []int) int {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	go g.read(ctx, values)
	time.Sleep(time.Second) // want "has set `g.sum`"
	return g.sum
}

// Each turn has another argument, in a variable that all turns share.
func (g *barometer) addEach(lists [][]int) int {
	for _, list := range lists {
		go g.add(list)
	}
	time.Sleep(time.Second) // want "has set `g.sum`"
	return g.sum
}
