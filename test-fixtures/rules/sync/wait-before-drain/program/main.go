package main

import (
	"context"
	"flag"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

var levels = []int{1, 2, 4, 8, 16}

func main() {
	names := flag.String("probes", "a", "comma separated")
	flag.Parse()

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	r := newRound()
	for _, v := range r.run(ctx, strings.Split(*names, ",")) {
		fmt.Println(v)
	}
}

type reading struct {
	probe string
	value int
	err   error
}

type round struct {
	slots   chan struct{}
	results chan reading
	scale   float64
	wg      sync.WaitGroup
}

func newRound() *round {
	return &round{slots: make(chan struct{}, 16), results: make(chan reading), scale: 0.5}
}

func (r *round) run(ctx context.Context, probes []string) []reading {
	r.wg.Add(1)
	go r.start(ctx, probes)
	return r.gather()
}

// Goroutines that start more of them: the model does not come to an end with these.
func (r *round) start(ctx context.Context, probes []string) {
	defer r.wg.Done()
	for _, p := range probes {
		for _, l := range levels {
			select {
			case r.slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			r.wg.Add(1)
			go r.one(ctx, p, l)
		}
	}
}

func (r *round) one(ctx context.Context, probe string, level int) {
	defer r.wg.Done()
	defer func() { <-r.slots }()
	value := int(float64(level*len(probe)) * r.scale)
	r.results <- reading{probe: probe, value: value, err: ctx.Err()}
}

func (r *round) gather() []reading {
	r.wg.Wait() // want "wait-before-drain: this wait for `r.wg` may last for ever"
	close(r.results)

	var out []reading
	for v := range r.results {
		out = append(out, v)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].probe < out[j].probe })
	return out
}
