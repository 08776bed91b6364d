package fixed

type sequence struct {
	next uint64
	step uint64
}

// numbers gives the numbers of the sequence, one per receive.
func (s *sequence) numbers(stop <-chan struct{}) <-chan uint64 {
	out := make(chan uint64)
	go func() {
		for {
			select {
			case out <- s.next:
				s.next += s.step
			case <-stop:
				return
			}
		}
	}()
	return out
}

type allocator struct {
	take   func() uint64
	owners map[uint64]string
}

// newAllocator gives even numbers to names that want one; the source is shared by all calls of take.
func newAllocator(source <-chan uint64) *allocator {
	return &allocator{
		take:   func() uint64 { return <-source },
		owners: make(map[uint64]string),
	}
}

func (a *allocator) assign(names ...string) {
	for _, name := range names {
		if name == "" {
			continue
		}
		a.owners[a.take()] = name
	}
}

// Run numbers the streams of one connection.
func Run() {
	seq := &sequence{next: 2, step: 2}
	stop := make(chan struct{})
	defer close(stop)
	streams := newAllocator(seq.numbers(stop))
	streams.assign("control", "", "audio")
	streams.assign("video")
}
