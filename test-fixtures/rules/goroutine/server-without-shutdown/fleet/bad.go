package main

import (
	"context"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"time"
)

// fleet is all that the program listens on.
type fleet struct {
	orders *http.Server
	health *http.Server
	admin  *http.Server
}

func newFleet(orders, health, admin http.Handler) *fleet {
	return &fleet{
		orders: &http.Server{Addr: ":8000", Handler: orders, ReadHeaderTimeout: time.Second},
		health: &http.Server{Addr: ":8001", Handler: health, ReadHeaderTimeout: time.Second},
		admin:  &http.Server{Addr: ":8002", Handler: admin, ReadHeaderTimeout: time.Second},
	}
}

func (f *fleet) sail(failed chan<- error) {
	go func() { failed <- f.orders.ListenAndServe() }()
	go func() { failed <- f.health.ListenAndServe() }() // want hint "the program ends at a signal"
	go func() { failed <- f.admin.ListenAndServe() }()
	// Profiles of what is running; nobody misses them.
	go func() { log.Println(http.ListenAndServe("localhost:6060", nil)) }()
}

func (f *fleet) moor(ctx context.Context) error {
	if err := f.admin.Shutdown(ctx); err != nil {
		return err
	}
	return f.orders.Shutdown(ctx)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	mux := http.NewServeMux()
	f := newFleet(mux, mux, mux)
	failed := make(chan error, 3)
	f.sail(failed)
	select {
	case <-ctx.Done():
	case err := <-failed:
		log.Print(err)
	}
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := f.moor(grace); err != nil {
		log.Print(err)
	}
}
