package apart

import "sync"

func (s *studio) one(film []byte) {
	if _, err := s.cut(film); err != nil {
		return
	}
	s.open.Done()
}

type player struct {
	left  sync.WaitGroup
	songs []string
}

func (p *player) play(song string) {
	if song == "" {
		return
	}
	p.songs = append(p.songs, song)
	p.left.Done()
}
