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

type console struct {
	pages   http.Handler
	servers []*http.Server
}

// Kept by who makes it.
func (c *console) add(addr string) *http.Server {
	server := &http.Server{Addr: addr, Handler: c.pages}
	c.servers = append(c.servers, server)
	return server
}

func (c *console) show(addr string, work func()) {
	server := c.add(addr)
	go server.ListenAndServe()
	work()
}

func (c *console) shut() {
	for _, server := range c.servers {
		server.Close()
	}
}

// The same one for all that ask.
func (c *console) first() *http.Server { return c.servers[0] }

func (c *console) showFirst(done chan struct{}) {
	server := c.first()
	go server.ListenAndServe()
	<-done
}

func (c *console) making(addr string) *http.Server {
	return &http.Server{Addr: addr, Handler: c.pages}
}

// Made elsewhere, ended here.
func (c *console) showUntil(addr string, done chan struct{}) {
	server := c.making(addr)
	go server.ListenAndServe()
	<-done
	server.Close()
}
