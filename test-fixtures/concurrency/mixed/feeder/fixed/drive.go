package fixed

import "context"

// Drive cancels the feeding after one order.
func Drive() {
	ctx, cancel := context.WithCancel(context.Background())
	in := make(chan int)
	q := NewQueue()
	q.Work(2, func([]int) { cancel() })
	go func() { in <- 7 }()
	_ = q.Feed(ctx, in)
}
