package emptyselect

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
)

func work() {}

// An arm waits for the end.
func waits(ctx context.Context) {
	select {
	case <-ctx.Done():
	}
}

// `goroutine-never-exits` speaks of goroutines whose start is seen.
func Background(ctx context.Context) {
	go func() {
		work()
		select {}
	}()
}

func parked(ctx context.Context) {
	select {}
}

// The start is seen here, as well.
func StartParked(ctx context.Context) {
	go parked(ctx)
}

func inner() {
	select {}
}

func outer() {
	inner()
}

func StartOuter() {
	go outer()
}

func deep(ctx context.Context) {
	func() {
		select {}
	}()
}

func StartDeep(ctx context.Context) {
	go deep(ctx)
}

// Forever blocks for ever.
func Forever() {
	select {}
}

// Wait never returns.
func Wait() {
	go work()
	select {}
}

func Serve() {
	go work()
	select {} // keep the server alive
}

func ServeAbove(ctx context.Context) {
	go work()
	// Block until the process is killed.
	select {}
}

func Announce(addr string) {
	go work()
	log.Printf("listening on %s, press Ctrl-C to stop", addr)
	select {}
}

func AnnouncePlain() {
	go work()
	fmt.Fprintln(os.Stderr, "serving")
	select {}
}

// The process ends in the meantime.
func Crash(ctx context.Context, err error) {
	go panic(err)
	select {}
}

func Exit(ctx context.Context) {
	go func() {
		work()
		os.Exit(1)
	}()
	select {}
}

// Parks for some case only, and nothing says when it should end.
func Throttle(rate int) {
	if rate < 0 {
		select {}
	}
	work()
}

func Dying(dying, done <-chan struct{}) {
	select {
	case <-done:
	case <-dying:
		select {}
	}
}

// Nobody gets here.
func Unreachable(ctx context.Context, err error) {
	log.Fatal(err)
	select {}
}

//hygiene:daemon the embedder ends the process
func Embedded(ctx context.Context) {
	go work()
	select {}
}

// Runs once in the life of the process.
func init() {
	http.HandleFunc("/work", func(http.ResponseWriter, *http.Request) { work() })
	if os.Getenv("PARK") != "" {
		serveForEver(context.Background())
	}
}

func serveForEver(ctx context.Context) {
	go work()
	select {}
}

// A context that nothing can end.
func Rooted(callback func(func())) {
	ctx := context.Background()
	callback(func() {
		_ = ctx
		select {}
	})
}

// Who runs the callback is not seen, nor when.
func Hook(ctx context.Context, register func(func())) {
	register(func() {
		select {}
	})
}

// Park blocks until the process is killed; the context is for the requests.
func Park(ctx context.Context) {
	go work()
	select {}
}

// Abort works until the context ends.
func Abort(ctx context.Context) {
	go panic(ctx)
	select {}
}
