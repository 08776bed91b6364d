// Package leaky finds the coordinates of an address with the help of several providers.
package leaky

import (
	"errors"
	"fmt"
)

// Point is a place on the map.
type Point struct{ Lat, Lon float64 }

// Provider knows addresses.
type Provider struct {
	Name string
	Find func(address string) (Point, error)
}

type answer struct {
	point Point
	err   error
}

func (p Provider) ask(address string, out chan<- answer) {
	point, err := p.Find(address)
	if err != nil {
		err = fmt.Errorf("%s: %w", p.Name, err)
	}
	out <- answer{point, err} // blocked: abandoned-send|surplus-senders
}

// Locate asks all providers at the same time. Of the good answers it takes that of the provider that is named first.
func Locate(address string, providers ...Provider) (Point, error) {
	answers := make([]chan answer, len(providers))
	for i, p := range providers {
		answers[i] = make(chan answer)
		go p.ask(address, answers[i])
	}
	var failures []error
	for _, from := range answers {
		a := <-from
		if a.err == nil {
			return a.point, nil
		}
		failures = append(failures, a.err)
	}
	return Point{}, errors.Join(failures...)
}
