package library

import (
	"context"
	"errors"
	"net/http"
	"sync"
)

// It may return while its caller's context goes on.
func ServeWhile(ctx context.Context, pages http.Handler, work func(context.Context) error) error {
	status := &http.Server{Addr: ":8081", Handler: pages}
	failed := make(chan error, 1)
	go func() {
		if err := status.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) { // want "nothing calls `Shutdown` or `Close` on `status`"
			failed <- err
		}
	}()

	worked := make(chan error, 1)
	go func() { worked <- work(ctx) }()
	select {
	case err := <-failed:
		return errors.Join(err, <-worked)
	case err := <-worked:
		return err
	}
}

// Deferred, it would come too late: the function waits for the server before.
func ServeAndJoin(ctx context.Context, pages http.Handler) error {
	status := &http.Server{Addr: ":8082", Handler: pages}
	failed := make(chan error, 1)
	go func() {
		failed <- status.ListenAndServe() // want "nothing calls `Shutdown` or `Close` on `status`"
	}()
	<-ctx.Done()
	return <-failed
}

// The same, by a group in a `defer` that runs first.
func ServeCounted(ctx context.Context, pages http.Handler) {
	var wg sync.WaitGroup
	status := &http.Server{Addr: ":8083", Handler: pages}
	wg.Go(func() {
		_ = status.ListenAndServe() // want "nothing calls `Shutdown` or `Close` on `status`"
	})
	defer wg.Wait()
	<-ctx.Done()
}
