package lostcancel

import (
	"context"
	"time"
)

func evenBeforeOddAfter(n int) {
	for i := 0; i < n; i++ {
		ctx, cancel := context.WithCancel(context.Background())
		if i%2 == 0 {
			cancel()
		}
		_ = work(ctx)
		if i%2 == 1 {
			cancel()
		}
	}
}

func sameOrOther(parent context.Context, special int) {
	for i := 0; i < 10; i++ {
		ctx, cancel := context.WithCancel(parent)
		if i == special {
			cancel()
		}
		_ = work(ctx)
		if i != special {
			cancel()
		}
	}
}

func onlyForSome(parent context.Context) error {
	var cancel context.CancelFunc
	for i := 0; i < 10; i++ {
		ctx := parent
		if i%3 == 0 {
			ctx, cancel = context.WithTimeout(parent, time.Minute)
		}
		err := work(ctx)
		if 0 == i%3 {
			cancel()
		}
		if err != nil {
			return err
		}
	}
	return nil
}
