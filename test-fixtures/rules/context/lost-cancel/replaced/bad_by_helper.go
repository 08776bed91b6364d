package replaced

import (
	"context"
	"sync"
)

// A kennel has one walk on for each dog.
type kennel struct {
	mu    sync.Mutex
	walks map[string]*dogWalk
}

type dogWalk struct {
	route  string
	steps  int
	gohome context.CancelFunc
}

func (w *dogWalk) stroll(ctx context.Context, paces <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-paces:
			w.steps += n
		}
	}
}

// A dog whose route has changed has two walks on.
func (k *kennel) Plan(routes map[string]string, paces <-chan int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for dog, walk := range k.walks {
		if _, ok := routes[dog]; !ok {
			walk.gohome()
			delete(k.walks, dog)
		}
	}
	for dog, route := range routes {
		if walk, ok := k.walks[dog]; ok && walk.route == route {
			continue
		}
		k.set(dog, route, paces)
	}
}

func (k *kennel) set(dog, route string, paces <-chan int) {
	ctx, gohome := context.WithCancel(context.Background()) // want "what `k.walks\\[dog\\]` held until here is not cancelled: `Plan` puts another one in its place"
	walk := &dogWalk{route: route, gohome: gohome}
	k.walks[dog] = walk
	go walk.stroll(ctx, paces)
}

// The map is a variable of the package.
var (
	tidesMu sync.Mutex
	tides   = map[int]*tide{}
)

type tide struct {
	height int
	ebb    context.CancelFunc
}

func (t *tide) flow(ctx context.Context) { <-ctx.Done() }

func ExpectTide(ctx context.Context, pier, height int) {
	tidesMu.Lock()
	defer tidesMu.Unlock()
	if now := tides[pier]; now != nil {
		if now.height >= height {
			return
		}
	}
	raise(ctx, pier, height)
}

func raise(ctx context.Context, pier, height int) {
	ctx, ebb := context.WithCancel(ctx) // want "what `tides\\[pier\\]` held until here is not cancelled: `ExpectTide` puts another one in its place"
	t := &tide{height: height, ebb: ebb}
	tides[pier] = t
	go t.flow(ctx)
}

func ForgetTide(pier int) {
	tidesMu.Lock()
	defer tidesMu.Unlock()
	if t := tides[pier]; t != nil {
		t.ebb()
		delete(tides, pier)
	}
}

func (k *kennel) Close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for dog, walk := range k.walks {
		walk.gohome()
		delete(k.walks, dog)
	}
}
