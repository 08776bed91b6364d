package library

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Shut down with its context.
func ServeWithContext(ctx context.Context, handler http.Handler) {
	server := &http.Server{Addr: ":8080", Handler: handler}
	go func() {
		<-ctx.Done()
		limited, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		server.Shutdown(limited)
	}()
	go server.ListenAndServe()
}

// Closed by a deferred call.
func ServeFor(d time.Duration, handler http.Handler) {
	server := &http.Server{Addr: ":8080", Handler: handler}
	defer server.Close()
	go server.ListenAndServe()
	time.Sleep(d)
}

// Whoever gets the server ends it.
func StartServer(handler http.Handler) *http.Server {
	server := &http.Server{Addr: ":8080", Handler: handler}
	go server.ListenAndServe()
	return server
}

func keep(servers map[string]*http.Server, handler http.Handler) {
	server := &http.Server{Addr: ":8080", Handler: handler}
	servers["api"] = server
	go server.ListenAndServe()
}

// A method value ends it.
func stopper(handler http.Handler) func() error {
	server := &http.Server{Addr: ":8080", Handler: handler}
	go server.ListenAndServe()
	return server.Close
}

// A server of the caller.
func serveGiven(server *http.Server) {
	go server.ListenAndServe()
}

// Other packages can name the field.
type Gateway struct {
	Server *http.Server
}

func (g *Gateway) Start(handler http.Handler) {
	g.Server = &http.Server{Addr: ":8080", Handler: handler}
	go g.Server.ListenAndServe()
}

func (g *Gateway) Close() {}

// The owner's Close shuts it down.
type admin struct {
	server http.Server
}

func (a *admin) Start() {
	go a.server.ListenAndServe()
}

func (a *admin) Close(ctx context.Context) error {
	return a.server.Shutdown(ctx)
}

// Closing the listener ends Serve.
func serveListener(handler http.Handler) func() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil
	}
	go http.Serve(listener, handler)
	return func() { listener.Close() }
}

// A listener of the caller.
func serveOn(listener net.Listener, handler http.Handler) {
	go http.Serve(listener, handler)
}

// In the foreground: how it ends is the caller's business.
func Run(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler}
	return server.ListenAndServe()
}

// Meant to live as long as the process.
func Debug() {
	//hygiene:daemon serves profiles as long as the process lives
	go http.ListenAndServe("localhost:6060", http.DefaultServeMux)
}
