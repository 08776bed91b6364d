package lostcancel

import "context"

func movedOn(parent context.Context, limit int) {
	for i := 0; i < 10; i++ {
		ctx, cancel := context.WithCancel(parent) // want "lost-cancel: `cancel`"
		if i == limit {
			cancel()
		}
		_ = work(ctx)
		i++
		if i != limit {
			cancel()
		}
	}
}

func changedElsewhere(parent context.Context, limit int, each func(func())) {
	n := 0
	ctx, cancel := context.WithCancel(parent) // want "lost-cancel: `cancel`"
	if n == limit {
		cancel()
	}
	each(func() { n++ })
	_ = work(ctx)
	if n != limit {
		cancel()
	}
}

func changedInside(parent context.Context, n, limit int) {
	if n == limit {
		n++
		ctx, cancel := context.WithCancel(parent) // want "lost-cancel: `cancel`"
		_ = work(ctx)
		if n == limit {
			cancel()
		}
	}
}
