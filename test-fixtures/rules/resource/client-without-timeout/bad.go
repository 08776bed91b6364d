package clientwithouttimeout

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
)

func Fetch(url string) ([]byte, error) {
	resp, err := http.Get(url) // want "client-without-timeout: `http.Get` has no limit of time"
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func Exists(url string) bool {
	client := "probe"
	if resp, err := http.Head(url); err == nil { // want "client-without-timeout: `http.Head` has no limit"
		resp.Body.Close()
		return resp.Header.Get(client) != ""
	}
	return false
}

func Report(url string, values any) error {
	body, err := json.Marshal(values)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req) // want "client-without-timeout: `http.DefaultClient.Do` has no limit"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func Ping(url string) error {
	c := &http.Client{} // want "client-without-timeout: this client has no `Timeout`, and the request of `c.Get` has no deadline"
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func PingOnce(url string) error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{}).Do(req) // want "client-without-timeout: this client has no `Timeout`"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type api struct {
	base   string
	client *http.Client
}

func newAPI(base string, config *tls.Config) *api {
	return &api{
		base: base,
		client: &http.Client{ // want "client-without-timeout: .*`a.client.Get`"
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport:     &http.Transport{TLSClientConfig: config},
		},
	}
}

func (a *api) Status() (int, error) {
	resp, err := a.client.Get(a.base + "/status")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

var shared = http.Client{Jar: nil} // want "client-without-timeout: .*`shared.Get`"

func UseShared(url string) error {
	resp, err := shared.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A download may take long, but not the wait for its beginning.
func Download(url, to string) error {
	resp, err := http.Get(url) // want hint "client-without-timeout: "
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, resp.Body)
	return err
}

func Serve(h http.Handler) error {
	srv := &http.Server{ // want hint "client-without-timeout: this server waits without limit for the headers"
		Addr:    ":8080",
		Handler: h,
	}
	return srv.ListenAndServe()
}

type frontend struct {
	server *http.Server
	l      net.Listener
}

func newFrontend(l net.Listener, h http.Handler) *frontend {
	return &frontend{l: l, server: &http.Server{Handler: h}} // want hint "client-without-timeout: this server"
}

func (f *frontend) Run() error { return f.server.Serve(f.l) }

func ServeLocally(h http.Handler) error {
	srv := &http.Server{Addr: "localhost:6060", Handler: h} // want hint "client-without-timeout: this server"
	return srv.ListenAndServe()
}

func ServeEach(listeners []net.Listener, h http.Handler) {
	for _, l := range listeners {
		s := http.Server{} // want hint "client-without-timeout: this server"
		s.Handler = h
		go s.Serve(l)
	}
}

// Weather asks for the weather; whoever wants another transport says so.
type Weather struct {
	client *http.Client
	base   string
}

type WeatherOption func(*Weather)

func WithRoundTripper(rt http.RoundTripper) WeatherOption {
	return func(w *Weather) { w.client.Transport = rt }
}

func NewWeather(base string, options ...WeatherOption) *Weather {
	w := &Weather{base: base, client: &http.Client{}} // want "client-without-timeout: .*`w.client.Do`"
	for _, option := range options {
		option(w)
	}
	return w
}

func (w *Weather) Today(place string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, w.base+"/"+place, nil)
	if err != nil {
		return nil, err
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
