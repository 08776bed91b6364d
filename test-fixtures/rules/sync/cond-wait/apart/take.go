package apart

func (s *shelf) take() (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.books) == 0 && !s.closed {
		s.more.Wait() // want "cond-wait"
	}
	if len(s.books) == 0 {
		return "", false
	}
	book := s.books[0]
	s.books = s.books[1:]
	return book, true
}

func (t *tray) take() (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.cups) == 0 {
		if t.closed {
			return "", false
		}
		t.come.Wait() // want "cond-wait"
	}
	cup := t.cups[0]
	t.cups = t.cups[1:]
	return cup, true
}
