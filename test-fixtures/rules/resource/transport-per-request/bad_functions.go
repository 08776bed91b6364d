package transportperrequest

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"
)

// Gateway hands requests on to one of several servers.
type Gateway struct {
	config *tls.Config
	target *url.URL
	base   *http.Transport
}

func (g *Gateway) outgoing() http.RoundTripper {
	return &http.Transport{TLSClientConfig: g.config, IdleConnTimeout: time.Minute}
}

func (g *Gateway) unlimited() *http.Client {
	tr := &http.Transport{TLSClientConfig: g.config}
	tr.MaxIdleConnsPerHost = 4
	return &http.Client{Transport: tr}
}

func (g *Gateway) checked(name string) (*http.Client, error) {
	if name == "" {
		return nil, http.ErrMissingFile
	}
	client := g.unlimited()
	client.Timeout = time.Second
	return client, nil
}

// Each request has a transport that a method makes for it.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(p *httputil.ProxyRequest) { p.SetURL(g.target) },
		Transport: g.outgoing(), // want "transport-per-request: each call makes a transport of its own: the connection of `proxy.ServeHTTP`"
	}
	proxy.ServeHTTP(w, r)
}

func (g *Gateway) single(w http.ResponseWriter, r *http.Request) {
	proxy := httputil.NewSingleHostReverseProxy(g.target)
	proxy.Transport = &http.Transport{TLSClientConfig: g.config} // want "transport-per-request: each call makes a transport of its own"
	proxy.ServeHTTP(w, r)
}

// A clone has connections of its own.
func (g *Gateway) cloned(w http.ResponseWriter, r *http.Request) {
	tr := g.base.Clone() // want "transport-per-request: each call makes a transport of its own"
	tr.TLSClientConfig = g.config
	resp, err := tr.RoundTrip(r)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	w.WriteHeader(resp.StatusCode)
}

// Fetch asks with a client that is made for the call.
func (g *Gateway) Fetch(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return g.unlimited().Do(req) // want "transport-per-request: each call makes a transport of its own: the connection that `g.unlimited\\(\\).Do` leaves idle"
}

// Named asks with a client that may not be made.
func (g *Gateway) Named(ctx context.Context, name string) (*http.Response, error) {
	client, err := g.checked(name) // want "transport-per-request: each call makes a transport of its own"
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, name, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}
