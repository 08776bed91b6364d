package apart

import "context"

type archive struct{ pages []string }

func (a *archive) stream() <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, p := range a.pages {
			out <- p // want "producer-outlives-consumer"
		}
	}()
	return out
}

func (a *archive) until(ctx context.Context) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, p := range a.pages {
			select { // want "producer-outlives-consumer"
			case out <- p:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

type watcher struct {
	lines chan string
	stop  chan struct{}
}

func (w *watcher) watch(next func() string) {
	for {
		select { // want "producer-outlives-consumer"
		case w.lines <- next():
		case <-w.stop:
			return
		}
	}
}
