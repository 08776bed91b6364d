package leaky

import "time"

type shipper struct {
	lines   chan string
	batch   chan string
	dropped int
}

func newShipper(size int) *shipper {
	return &shipper{
		lines: make(chan string),
		batch: make(chan string, size),
	}
}

func (s *shipper) tail(log []string) {
	defer close(s.lines)
	for _, line := range log {
		if line == "" {
			continue
		}
		s.lines <- line // blocked: producer-outlives-consumer
	}
}

// fill collects one batch: until the log ends, the batch is full, or time is up.
func (s *shipper) fill(deadline <-chan time.Time) int {
	count := 0
collect:
	for {
		select {
		case line, more := <-s.lines:
			if !more {
				break collect
			}
			select {
			case s.batch <- line:
				count++
			default:
				s.dropped++
				break collect
			}
		case <-deadline:
			break collect
		}
	}
	return count
}

// Run ships one batch of a log that has more than two lines.
func Run() {
	s := newShipper(2)
	go s.tail([]string{"start", "", "listen :80", "accept", "reset", "stop"})
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	s.fill(timer.C)
}
