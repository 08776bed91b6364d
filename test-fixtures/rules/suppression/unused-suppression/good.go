package unusedsuppression

import (
	"context"
	"sync"
)

var mu sync.Mutex

func lock() {
	mu.Lock()
}

func held(ctx context.Context, ready bool) {
	mu.Lock() //hygiene:ignore missing-unlock unlock follows in the callback
	if ready {
		mu.Unlock()
	}
}

//hygiene:ignore missing-unlock unlock follows in the callback
func heldToo(ready bool) {
	mu.Lock()
	if ready {
		mu.Unlock()
	}
}

func anyRule(ctx context.Context) error {
	//hygiene:ignore goroutine-hygiene the rules that are on may change
	return ctx.Err()
}

func offByDefault(ctx context.Context) error {
	//hygiene:ignore loop-variable-capture no rule of this version
	return ctx.Err()
}

func others(ctx context.Context) error {
	//nolint:lost-cancel // other tools read this, too
	//lint:ignore lost-cancel so do they
	//hygiene:daemon tells the reader something
	return ctx.Err()
}
