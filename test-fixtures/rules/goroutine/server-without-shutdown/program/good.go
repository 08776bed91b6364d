package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"time"
)

// It lives as long as the process, which does not listen to signals.
func single() {
	go http.ListenAndServe(":8080", http.NotFoundHandler())
	time.Sleep(time.Minute)
}

// Profiles are no loss.
func profiled() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	go http.ListenAndServe("localhost:6060", nil)
	<-stop
}

func orderly() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	server := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go server.ListenAndServe()
	<-stop
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	server.Shutdown(ctx)
}
