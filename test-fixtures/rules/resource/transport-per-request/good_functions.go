package transportperrequest

import (
	"context"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
)

// Relay keeps its transport.
type Relay struct {
	target *url.URL
	once   sync.Once
	tr     *http.Transport
	client *http.Client
}

func (e *Relay) transport() http.RoundTripper {
	e.once.Do(func() { e.tr = &http.Transport{MaxIdleConns: 8} })
	return e.tr
}

// The first call makes it.
func (e *Relay) lazily() *http.Client {
	if e.client == nil {
		e.client = &http.Client{Transport: &http.Transport{MaxIdleConns: 8}}
	}
	return e.client
}

// Somebody else has it as well.
func (e *Relay) kept() *http.Client {
	tr := &http.Transport{MaxIdleConns: 8}
	e.tr = tr
	return &http.Client{Transport: tr}
}

func (e *Relay) once2() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

func (e *Relay) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(p *httputil.ProxyRequest) { p.SetURL(e.target) },
		Transport: e.transport(),
	}
	proxy.ServeHTTP(w, r)
}

func (e *Relay) all(ctx context.Context, req *http.Request) {
	for _, client := range []*http.Client{e.lazily(), e.kept()} {
		client.Do(req.WithContext(ctx))
	}
	e.lazily().Do(req)
	e.kept().Do(req)
	e.once2().Do(req)
}

// NewRelay makes the client for all requests.
func NewRelay(target *url.URL) *Relay {
	return &Relay{target: target, client: timed()}
}

// The proxy is for all requests.
func handler(target *url.URL) http.Handler {
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.Transport = &http.Transport{MaxIdleConns: 8}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proxy.ServeHTTP(w, r)
	})
}

// The client of the caller is changed, and everybody's from then on.
func configure(client *http.Client, base *http.Transport, address string) {
	tr := base.Clone()
	client.Transport = tr
	client.Head(address)
}
