package apart

import "sync"

type studio struct {
	open sync.WaitGroup
	cut  func([]byte) (int, error)
}

func (s *studio) cutAll(films [][]byte) {
	for _, f := range films {
		s.open.Add(1)
		go s.one(f)
	}
	s.open.Wait() // want "waitgroup-missing-done"
}

func playAll() {
	p := &player{}
	p.left.Add(2)
	p.play("a")
	p.play("")
	p.left.Wait() // want "waitgroup-missing-done: this wait for `p.left`"
}
