// Package fixed asks many services at once whether they are well.
package fixed

import "iter"

// Status is what a service says of itself.
type Status struct {
	Service string
	Healthy bool
}

// Statuses yields the answers in the order in which they come.
func Statuses(services []string, probe func(service string) bool) iter.Seq[Status] {
	return func(yield func(Status) bool) {
		answers := make(chan Status, len(services))
		for _, service := range services {
			go func() {
				answers <- Status{service, probe(service)}
			}()
		}
		for range services {
			if !yield(<-answers) {
				return
			}
		}
	}
}

// FirstSick names a service that is not well, if there is one.
func FirstSick(services []string, probe func(service string) bool) (string, bool) {
	for status := range Statuses(services, probe) {
		if !status.Healthy {
			return status.Service, true
		}
	}
	return "", false
}
