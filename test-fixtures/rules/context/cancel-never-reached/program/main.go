package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"
)

type lamp struct{ blinks int }

func (l *lamp) blink(ctx context.Context) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			l.blinks++
		}
	}
}

// Prints how often the lamp has blinked, were it not for the wait.
func main() {
	l := &lamp{}
	ctx, cancel := context.WithCancel(context.Background())
	off := make(chan struct{})
	go func() {
		defer close(off)
		defer cancel() // want "cancel-never-reached"
		l.blink(ctx)
	}()
	fmt.Println("the work is done")
	<-off
	fmt.Println(l.blinks)
	serve(l)
	tidy(l)
}

// Serves as long as the process lives.
func serve(l *lamp) {
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		defer cancel()
		l.blink(ctx)
	}()
	all.Wait()
}

// Somebody else cancels.
func tidy(l *lamp) {
	ctx, cancel := context.WithCancel(context.Background())
	off := make(chan struct{})
	go func() {
		defer close(off)
		defer cancel()
		l.blink(ctx)
	}()
	if len(os.Args) > 1 {
		fmt.Println(os.Args[1])
	}
	cancel()
	<-off
	fmt.Println(l.blinks)
}
