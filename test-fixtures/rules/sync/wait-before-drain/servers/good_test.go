package servers

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

var brief = http.Client{Timeout: 20 * time.Millisecond}

// What is deferred last comes first.
func TestClosedFirst(t *testing.T) {
	drawn := make(chan struct{})
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-drawn
		fmt.Fprint(w, "tile")
	}))
	defer tiles.Close()
	defer close(drawn)
	brief.Get(tiles.URL)
}

// The handler leaves with its request, or in time.
func TestSelects(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-drawn:
		case <-r.Context().Done():
		}
	}))
	defer tiles.Close()
	brief.Get(tiles.URL)
}

func TestInTime(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-drawn:
		case <-time.After(time.Second):
		}
	}))
	defer tiles.Close()
	brief.Get(tiles.URL)
}

// Something is sent before, or somebody else closes.
func TestSent(t *testing.T) {
	drawn := make(chan struct{}, 1)
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	defer tiles.Close()
	drawn <- struct{}{}
	brief.Get(tiles.URL)
}

func TestClosedElsewhere(t *testing.T) {
	drawn := make(chan struct{})
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	defer tiles.Close()
	time.AfterFunc(time.Millisecond, func() { close(drawn) })
	brief.Get(tiles.URL)
}

func TestGiven(t *testing.T) {
	drawn := make(chan struct{})
	defer release(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	defer tiles.Close()
	brief.Get(tiles.URL)
}

func release(c chan struct{}) { close(c) }

// Closed in the body, before what is deferred.
func TestInBody(t *testing.T) {
	drawn := make(chan struct{})
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	defer tiles.Close()
	go brief.Get(tiles.URL)
	close(drawn)
}

// The clean-up of the test comes after what is deferred, and the other way round in itself.
func TestCleanedUp(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	t.Cleanup(tiles.Close)
	brief.Get(tiles.URL)
}

func TestCleanedInTurn(t *testing.T) {
	drawn := make(chan struct{})
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	t.Cleanup(tiles.Close)
	t.Cleanup(func() { close(drawn) })
	brief.Get(tiles.URL)
}

// The handler only starts what waits, or is left alone after a while.
func TestStarts(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go func() { <-drawn }()
	}))
	defer tiles.Close()
	brief.Get(tiles.URL)
}

func TestLimited(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn })
	tiles := httptest.NewServer(http.TimeoutHandler(slow, time.Millisecond, "slow"))
	defer tiles.Close()
	brief.Get(tiles.URL)
}

// Nobody asks.
func TestUnasked(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drawn }))
	defer tiles.Close()
}

// Handlers are waited for as long as the context allows, or not at all.
func patient(l net.Listener, quit <-chan struct{}) {
	drained := make(chan struct{})
	defer close(drained)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drained })}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	defer srv.Shutdown(ctx)
	go srv.Serve(l)
	<-quit
}

func abrupt(l net.Listener, quit <-chan struct{}) {
	drained := make(chan struct{})
	defer close(drained)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drained })}
	defer srv.Close()
	go srv.Serve(l)
	<-quit
}

func cut(l net.Listener, quit <-chan struct{}) {
	drained := make(chan struct{})
	defer close(drained)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-drained })}
	time.AfterFunc(time.Minute, func() { srv.Close() })
	defer srv.Shutdown(context.Background())
	go srv.Serve(l)
	<-quit
}
