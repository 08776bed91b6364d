// Package leaky keeps the addresses of services and tells balancers about changes.
package leaky

import "sync"

type registry struct {
	mu        sync.Mutex
	addresses map[string][]string
	onChange  []func(service string)
}

func (r *registry) watch(f func(service string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.onChange = append(r.onChange, f)
}

func (r *registry) resolve(service string) []string {
	r.mu.Lock() // blocked: double-lock
	defer r.mu.Unlock()
	return append([]string(nil), r.addresses[service]...)
}

func (r *registry) add(service, address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addresses[service] = append(r.addresses[service], address)
	for _, notify := range r.onChange {
		notify(service)
	}
}

type balancer struct {
	source  *registry
	service string

	mu      sync.Mutex
	targets []string
}

func newBalancer(source *registry, service string) *balancer {
	b := &balancer{source: source, service: service}
	b.refresh(service)
	source.watch(b.refresh)
	return b
}

func (b *balancer) refresh(service string) {
	if service != b.service {
		return
	}
	targets := b.source.resolve(service)
	b.mu.Lock()
	b.targets = targets
	b.mu.Unlock()
}

// Run adds an address of a service that a balancer watches.
func Run() {
	r := &registry{addresses: map[string][]string{"mail": {"10.0.0.1"}}}
	newBalancer(r, "mail")
	r.add("web", "10.0.1.1")
	r.add("mail", "10.0.0.2")
}
