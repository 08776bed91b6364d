package contextnotpropagated

import (
	"context"
	"net/http"
	"os"
	"sync"
	"time"
)

// The request that asks for the end of the server, or of the process, must not stop it half way.
func stopPages(srv *http.Server) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/done", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		_ = srv.Shutdown(context.Background())
	})
	mux.HandleFunc("/exit", func(w http.ResponseWriter, r *http.Request) {
		exitProcess(context.Background(), r.FormValue("why"))
	})
	mux.HandleFunc("/leave", func(w http.ResponseWriter, r *http.Request) {
		byeBye(context.Background(), r.FormValue("why"))
	})
	return mux
}

var reasons = make(chan string, 1)

func exitProcess(ctx context.Context, why string) {
	select {
	case reasons <- why:
	case <-ctx.Done():
	}
}

func byeBye(ctx context.Context, why string) {
	select {
	case reasons <- why:
	case <-ctx.Done():
	}
	go func() {
		time.Sleep(time.Second)
		os.Exit(0)
	}()
}

// What all share must not fail because the first who asks has gone.
type lazyInit struct {
	once sync.Once
	make func(ctx context.Context) error
	err  error
}

func (l *lazyInit) Do(ctx context.Context) error {
	l.once.Do(func() { l.err = l.make(ctx) })
	return l.err
}

type shelves struct {
	layout *lazyInit
	inv    inventory
}

func (s *shelves) fill(ctx context.Context, sku string) error {
	if err := s.layout.Do(context.Background()); err != nil {
		return err
	}
	return s.inv.Reserve(ctx, sku)
}

// It is over before it is used: only what is known already shall be told.
func knownCount(ctx context.Context, inv inventory, sku string) (int, error) {
	if err := inv.Reserve(ctx, sku); err != nil {
		return 0, err
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	return inv.Count(over, sku)
}

type feed interface {
	Events(ctx context.Context) (<-chan string, error)
	Go(ctx context.Context, work func(ctx context.Context))
}

// The function leaves with its context, and its deferred cancel ends what runs under the inner one.
func follow(ctx context.Context, f feed, seen func(string)) error {
	inner, cancel := context.WithCancel(context.Background())
	defer cancel()
	events, err := f.Events(inner)
	if err != nil {
		return err
	}
	for {
		select {
		case e, ok := <-events:
			if !ok {
				return nil
			}
			seen(e)
		case <-ctx.Done():
			return nil
		}
	}
}

// Another linter has been told that it is meant.
func subscribed(ctx context.Context, f feed, inv inventory) error {
	if err := inv.Reserve(ctx, "feed"); err != nil {
		return err
	}
	//nolint:contextcheck
	n, err := inv.Count(context.TODO(), "feed")
	if n == 0 {
		_, err = f.Events(context.Background()) // nolint:errcheck,contextcheck
	}
	return err
}

// It starts something that gets its context from there.
func background(ctx context.Context, f feed, inv inventory) error {
	f.Go(context.Background(), func(ctx context.Context) {
		_ = inv.Reserve(ctx, "background")
	})
	return inv.Reserve(ctx, "foreground")
}
