package main

import (
	"errors"
	"sync"
	"time"
)

// Parcel is one parcel on its way.
type Parcel struct {
	ID      string    `json:"id"`
	Status  string    `json:"status"`
	Email   string    `json:"email"`
	Updated time.Time `json:"updated"`
}

var errNotFound = errors.New("no such parcel")

// Store keeps parcels in memory.
type Store struct {
	mu      sync.Mutex
	parcels map[string]Parcel
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{parcels: make(map[string]Parcel)}
}

// Put adds or replaces a parcel.
func (s *Store) Put(p Parcel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parcels[p.ID] = p
}

// SetStatus records where a parcel is.
func (s *Store) SetStatus(id, status string) error {
	s.mu.Lock()
	p, ok := s.parcels[id]
	if !ok {
		return errNotFound
	}
	p.Status, p.Updated = status, time.Now()
	s.parcels[id] = p
	s.mu.Unlock()
	return nil
}

// Get returns one parcel.
func (s *Store) Get(id string) (Parcel, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.parcels[id]
	if !ok {
		return Parcel{}, errNotFound
	}
	return p, nil
}

// Watch calls report whenever a parcel has changed.
func (s *Store) Watch(id string, report func(Parcel)) {
	ticker := time.NewTicker(time.Second)
	go func() {
		var last time.Time
		for range ticker.C {
			p, err := s.Get(id)
			if err == nil && p.Updated.After(last) {
				last = p.Updated
				report(p)
			}
		}
	}()
}
