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

// ExpireEvery forgets parcels that were silent for a month.
func (s *Store) ExpireEvery(interval time.Duration) {
	ticker := time.NewTicker(interval)
	go func() {
		for range ticker.C {
			s.expire(time.Now().AddDate(0, -1, 0))
		}
	}()
}

func (s *Store) expire(before time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, p := range s.parcels {
		if p.Updated.Before(before) {
			delete(s.parcels, id)
		}
	}
}
