package leaky

import "context"

type toggles struct{ n int }

func (t *toggles) Next(context.Context) (Change, error) {
	t.n++
	if t.n%2 == 0 {
		return Change{"mode", "on"}, nil
	}
	return Change{"mode", "off"}, nil
}

// Drive waits for a value that comes again and again.
func Drive() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_ = (&Watcher{Feed: &toggles{}}).WaitFor(ctx, "mode", "on")
}
