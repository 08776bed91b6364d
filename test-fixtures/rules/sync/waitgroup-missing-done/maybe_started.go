package waitgroupmissingdone

import "sync"

type storage struct {
	wg     sync.WaitGroup
	silent bool
	stop   chan struct{}
}

// The same return comes behind a goroutine that counts down itself.
func (s *storage) open() error {
	s.stop = make(chan struct{})
	s.wg.Add(1)
	if !s.silent {
		go s.monitor()
	}
	return nil // want "returns here without having started the goroutine"
}

func (s *storage) monitor() {
	defer s.wg.Done()
	<-s.stop
}

func (s *storage) close() {
	close(s.stop)
	s.wg.Wait()
}
