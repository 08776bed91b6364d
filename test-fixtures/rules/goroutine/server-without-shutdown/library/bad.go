package library

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// One more server with each call, and nobody can name it.
func StartMetrics(addr string, handler http.Handler) {
	go http.ListenAndServe(addr, handler) // want hint "server-without-shutdown: nothing can stop this server: `http.ListenAndServe` gives nobody a server"
}

func startLiteral(ctx context.Context, handler http.Handler) {
	go func() {
		// A server in a literal is out of reach, too.
		(&http.Server{Addr: ":8080", Handler: handler}).ListenAndServe() // want hint "nothing can stop this server"
	}()
}

func ServeUntil(ctx context.Context, handler http.Handler) error {
	server := &http.Server{
		Addr:    ":8080",
		Handler: handler,
	}
	server.ReadTimeout = time.Second
	failed := make(chan error, 1)
	go func() {
		failed <- server.ListenAndServe() // want "nothing calls `Shutdown` or `Close` on `server`"
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The group waits for the server, which nobody ends.
func ServeInGroup(ctx context.Context, server2 http.Handler) {
	var (
		wg     sync.WaitGroup
		server = http.Server{Addr: ":8080", Handler: server2}
	)
	wg.Go(func() {
		_ = server.ListenAndServeTLS("cert.pem", "key.pem") // want "nothing calls `Shutdown` or `Close` on `server`"
	})
	<-ctx.Done()
	wg.Wait()
}

type api struct {
	server *http.Server
	stop   chan struct{}
}

func newAPI(handler http.Handler) *api {
	server := &http.Server{Handler: handler}
	a := &api{stop: make(chan struct{})}
	a.server = server
	go a.run()
	return a
}

func (a *api) run() {
	if a.server == nil {
		return
	}
	a.server.ListenAndServe() // want "nothing calls `Shutdown` or `Close` on `a.server`"
}

func (a *api) Close() {
	close(a.stop)
}

// The listener is in nobody else's hands either.
func ServeAnyPort(handler http.Handler) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(listener, handler) // want hint "nothing can stop this server: `http.Serve`"
	return listener.Addr().String(), nil
}

// What packages have registered, on a server that the library starts.
func Profile(addr string) {
	go func() {
		_ = http.ListenAndServe(addr, nil) // want hint "nothing can stop this server"
	}()
}

type dashboard struct{ pages http.Handler }

func (d *dashboard) newServer(addr string) *http.Server {
	server := &http.Server{Addr: addr, Handler: d.pages}
	server.ReadTimeout = time.Second
	return server
}

// A method makes the server; what the function waits for is something else.
func (d *dashboard) Show(addr string, work func() error) error {
	server := d.newServer(addr)
	done := make(chan error, 1)
	go func() {
		if err := server.ListenAndServe(); err != http.ErrServerClosed { // want "nothing calls `Shutdown` or `Close` on `server`"
			println(err.Error())
		}
	}()
	go func() { done <- work() }()
	return <-done
}
