// Package leaky collects settings from several sources when the first of them is asked for.
package leaky

import "sync"

type source interface {
	fill(s *settings)
}

type settings struct {
	load    sync.Once
	values  map[string]string
	sources []source
}

func newSettings(sources ...source) *settings {
	return &settings{sources: sources}
}

func (s *settings) get(key, fallback string) string {
	s.load.Do(s.collect) // blocked: once-recursion
	if v, ok := s.values[key]; ok {
		return v
	}
	return fallback
}

func (s *settings) collect() {
	s.values = make(map[string]string)
	for _, src := range s.sources {
		src.fill(s)
	}
}

type defaults map[string]string

func (d defaults) fill(s *settings) {
	for key, value := range d {
		s.values[key] = value
	}
}

// profile overrides settings in one environment.
type profile struct {
	environment string
	overrides   map[string]string
}

func (p profile) fill(s *settings) {
	if s.get("environment", "dev") != p.environment {
		return
	}
	for key, value := range p.overrides {
		s.values[key] = value
	}
}

// Run asks for a setting that a profile overrides.
func Run() {
	s := newSettings(
		defaults{"environment": "prod", "workers": "2"},
		profile{environment: "prod", overrides: map[string]string{"workers": "16"}},
	)
	if s.get("workers", "1") != "16" {
		panic("the profile was not applied")
	}
}
