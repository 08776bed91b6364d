package apart

func (b *book) lines() int {
	b.mu.Lock() // want "missing-unlock: `b.mu` cannot be locked any more"
	defer b.mu.Unlock()
	return len(b.text)
}

func audit() {
	b := &book{}
	go b.write("")
	println(b.lines())
}

// The caller gets the sheet with its lock held.
func (s *sheets) pin(n int) *sheet {
	s.mu.Lock()
	x, ok := s.known[n]
	if !ok {
		x = new(sheet)
		s.known[n] = x
	}
	s.mu.Unlock()
	x.mu.Lock() // want "missing-unlock"
	return x
}

func writeAndRead() {
	s := &sheets{known: make(map[int]*sheet)}
	_ = s.write(1, 0, []byte("head"))
	_ = s.write(1, len(sheet{}.data)-2, []byte("tail"))
	_ = s.read(1)
}
