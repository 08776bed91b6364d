package leaky

import (
	"context"
	"strings"
)

type packet struct {
	route string
	body  string
}

type relay struct {
	in     chan packet
	routes map[string]chan packet
}

func newRelay(routes ...string) *relay {
	r := &relay{in: make(chan packet), routes: make(map[string]chan packet)}
	for _, route := range routes {
		r.routes[route] = make(chan packet)
	}
	return r
}

// pump sorts packets by route until the context ends.
func (r *relay) pump(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-r.in:
			out, ok := r.routes[p.route]
			if !ok {
				continue
			}
			out <- p // blocked: abandoned-send|producer-outlives-consumer
		}
	}
}

// first takes packets of a route until one has the word.
func (r *relay) first(ctx context.Context, route, word string) (packet, bool) {
	for {
		select {
		case p := <-r.routes[route]:
			if strings.Contains(p.body, word) {
				return p, true
			}
		case <-ctx.Done():
			return packet{}, false
		}
	}
}

// Run relays packets to a reader that has enough after the second.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	r := newRelay("audio")
	go r.pump(ctx)
	done := make(chan bool)
	go func() {
		_, found := r.first(ctx, "audio", "end")
		done <- found
	}()
	for _, p := range []packet{{"audio", "one"}, {"video", "?"}, {"audio", "end"}, {"audio", "more"}} {
		r.in <- p
	}
	<-done
	cancel()
}
