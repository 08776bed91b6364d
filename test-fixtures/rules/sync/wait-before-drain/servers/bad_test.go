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

// A map that is drawn too slowly.
func TestSlowTile(t *testing.T) {
	drawn := make(chan struct{})
	defer close(drawn)
	tiles := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-drawn
		fmt.Fprint(w, "tile")
	}))
	defer tiles.Close() // want "`tiles.Close\\(\\)` waits for ever for a handler that has come to line \\d+: `drawn`, which it waits for, is closed only after this call"

	c := http.Client{Timeout: 20 * time.Millisecond}
	if _, err := c.Get(tiles.URL + "/3/4/2"); err == nil {
		t.Fatal("no error")
	}
}

// One path of a mux waits, and the test says so in its own words.
func TestSlowPath(t *testing.T) {
	for _, path := range []string{"/roads", "/rivers"} {
		t.Run(path, func(t *testing.T) {
			open := make(chan bool)
			mux := http.NewServeMux()
			mux.HandleFunc("/roads", func(w http.ResponseWriter, r *http.Request) {})
			mux.HandleFunc("/rivers", func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					<-open
				}
			})
			srv := httptest.NewTLSServer(mux)
			t.Cleanup(func() { close(open) })
			t.Cleanup(srv.Close) // want "waits for ever for a handler"
			c := srv.Client()
			c.Timeout = 20 * time.Millisecond
			c.Get(srv.URL + path)
		})
	}
}

// The clean-up of the test comes after what is deferred.
func TestCleanup(t *testing.T) {
	ready := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-ready }))
	defer srv.Close() // want "waits for ever"
	t.Cleanup(func() { close(ready) })
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL, nil)
	http.DefaultClient.Do(req)
}

// One after the other.
func TestInTurn(t *testing.T) {
	ready := make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-ready })
	srv := httptest.NewServer(slow)
	c := http.Client{Timeout: 20 * time.Millisecond}
	c.Get(srv.URL)
	srv.Close() // want "waits for ever"
	close(ready)
}

func serve(l net.Listener, quit <-chan struct{}) {
	drained := make(chan struct{})
	defer close(drained)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-drained
	})}
	defer srv.Shutdown(context.Background()) // want "waits for ever"
	go srv.Serve(l)
	<-quit
}
