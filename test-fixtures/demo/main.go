// Command parcels is a small parcel-tracking service. It compiles, works, and leaks goroutines
// in the ways real services do. Scan it to see what Goroutine Hygiene says.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	store := NewStore()
	carrier := &Carrier{BaseURL: "http://carrier.example", Client: &http.Client{Timeout: 10 * time.Second}}
	api := &API{store: store, carrier: carrier, mailer: logMailer{}}

	server := &http.Server{Addr: ":8080", Handler: api.Routes(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(shutdown); err != nil {
			log.Printf("shutdown: %v", err)
		}
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Print(err)
	}
}
