package missingunlock

// The error may be something after all.
func (s *snapshots) reopen(load func() error) (*snapshot, error) {
	s.mu.Lock() // want "missing-unlock: `s.mu` is still locked at the return"
	found, err := s.loaded(load)
	if err != nil {
		return nil, err
	}
	s.mu.Unlock()
	return found, nil
}

func (s *snapshots) loaded(load func() error) (*snapshot, error) {
	if s.last == nil {
		return nil, load()
	}
	return s.last, nil
}

// It is tested for another error than that of the call before.
func (s *snapshots) reread(load func() error) error {
	err := load()
	s.mu.Lock() // want "missing-unlock: `s.mu` is still locked at the return"
	found, other := s.current()
	if err != nil {
		return err
	}
	found.readers++
	s.mu.Unlock()
	return other
}
