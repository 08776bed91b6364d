package stop

type shipper struct {
	lines chan string
	full  chan struct{}
	count int
}

// It is told when there are enough, but does not listen.
func (s *shipper) tail(log []string) {
	defer close(s.lines)
	for _, l := range log {
		s.lines <- l // want "producer-outlives-consumer"
	}
}

func (s *shipper) fill(limit int) {
	defer close(s.full)
	for range s.lines {
		if s.count++; s.count == limit {
			return
		}
	}
}

func ship(log []string) int {
	s := &shipper{lines: make(chan string), full: make(chan struct{})}
	go s.tail(log)
	s.fill(2)
	return s.count
}
