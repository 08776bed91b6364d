package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	notified()
	withContext()
	simple()
	single()
	profiled()
	orderly()
}

func notified() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	server := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go func() {
		log.Print(server.ListenAndServe()) // want hint "the program ends at a signal without a call of `Shutdown` on this server"
	}()
	<-stop
	log.Print("bye")
}

func withContext() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	mux := http.NewServeMux()
	go http.ListenAndServe(":8080", mux) // want hint "the program ends at a signal"

	<-ctx.Done()
}

func simple() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	go func() {
		log.Print(http.ListenAndServe(":8080", nil)) // want hint "the program ends at a signal"
	}()
	select {
	case <-stop:
	}
}
