// Package leaky picks a backend for a host name.
package leaky

import (
	"strings"
	"sync"
)

// Route sends the hosts below a suffix to a backend.
type Route struct {
	Suffix   string
	Backend  string
	Draining bool
}

func (r Route) matches(host string) bool {
	return strings.HasSuffix(host, r.Suffix)
}

// Router has routes that can be replaced while it is in use.
type Router struct {
	mu       sync.RWMutex
	routes   []Route
	fallback string
}

// NewRouter returns a router that sends everything to the fallback.
func NewRouter(fallback string) *Router {
	return &Router{fallback: fallback}
}

// Lookup returns the backend of a host, and false if it takes no more requests.
func (r *Router) Lookup(host string) (string, bool) {
	r.mu.RLock() // blocked: missing-unlock
	for _, route := range r.routes {
		if !route.matches(host) {
			continue
		}
		if route.Draining {
			return "", false
		}
		r.mu.RUnlock()
		return route.Backend, true
	}
	r.mu.RUnlock()
	return r.fallback, true
}

// Replace installs other routes.
func (r *Router) Replace(routes ...Route) {
	r.mu.Lock() // blocked: missing-unlock
	r.routes = append([]Route(nil), routes...)
	r.mu.Unlock()
}
