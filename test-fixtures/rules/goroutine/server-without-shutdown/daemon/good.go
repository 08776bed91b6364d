package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

// Signals are for something else: no server of the program is ever shut down.
type node struct{ api *http.Server }

func newNode(h http.Handler) *node {
	return &node{api: &http.Server{Addr: ":8000", Handler: h, ReadHeaderTimeout: time.Second}}
}

func (n *node) run() {
	go func() { log.Println(n.api.ListenAndServe()) }()
}

func main() {
	n := newNode(http.NewServeMux())
	n.run()
	rotate := make(chan os.Signal, 1)
	signal.Notify(rotate, os.Interrupt)
	for range rotate {
		log.Print("rotating")
	}
}
