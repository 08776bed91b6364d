package responsebodynotclosed

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A handler that writes nothing: the response has no body, and the connection is free again.
func TestNoBody(t *testing.T) {
	seen := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen++
		w.Header().Set("X-Seen", r.URL.Path)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer srv.Close()
	for range 3 {
		req, err := http.NewRequest("POST", srv.URL+"/jobs", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != http.StatusAccepted {
			t.Errorf("status %d", resp.StatusCode)
		}
	}
}

// The same behind a mux, a server of one's own helper and a client in a variable.
func TestMuxWithoutBody(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/a", func(w http.ResponseWriter, r *http.Request) {})
	mux.Handle("/b", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "b", Value: "1"})
	}))
	url := start(t, mux)
	client := &http.Client{}
	if _, err := client.Get(url + "/a"); err != nil {
		t.Fatal(err)
	}
}

func start(t *testing.T, h http.Handler) string {
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

// One of the handlers writes.
func TestMuxWithBody(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/a", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/b", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
	srv := httptest.NewServer(mux)
	defer srv.Close()
	if _, err := http.Get(srv.URL + "/b"); err != nil { // want "the response of `http.Get` is dropped"
		t.Fatal(err)
	}
}

// A flushed response is chunked: its end has to be read.
func TestFlushed(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer srv.Close()
	if _, err := http.Get(srv.URL); err != nil { // want "the response of `http.Get` is dropped"
		t.Fatal(err)
	}
}

type recordedConn struct {
	net.Conn
	sent *bytes.Buffer
}

func (c *recordedConn) Write(p []byte) (int, error) { return c.sent.Write(p) }
func (c *recordedConn) Read([]byte) (int, error)    { return 0, io.EOF }
func (c *recordedConn) Close() error                { return nil }

// The connection is made up, too.
func TestDialerOfOneself(t *testing.T) {
	var sent bytes.Buffer
	transport := &http.Transport{
		Dial: func(network, addr string) (net.Conn, error) {
			return &recordedConn{sent: &sent}, nil
		},
	}
	client := &http.Client{Transport: transport}
	if _, err := client.Get("http://example.com/"); err != nil {
		t.Fatal(err)
	}
}

type countedConn struct {
	net.Conn
}

// A connection that is only wrapped is one.
func TestDialerWraps(t *testing.T) {
	client := &http.Client{Transport: &http.Transport{
		Dial: func(network, addr string) (net.Conn, error) {
			conn, err := net.Dial(network, addr)
			return &countedConn{conn}, err
		},
	}}
	if _, err := client.Get("http://example.com/"); err != nil { // want "the response of `client.Get` is dropped"
		t.Fatal(err)
	}
}
