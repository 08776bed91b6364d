package nilchannel

import "sync"

// Used under another condition than that under which it is made.
func (s *screen) reload(read func() error) error {
	var (
		wg   sync.WaitGroup
		err  error
		done chan struct{}
	)
	if s.Progress {
		done = make(chan struct{})
		go func() { <-done }()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		err = read()
		if s.title != "" {
			done <- struct{}{} // want "nil-channel: "
		}
	}()
	wg.Wait()
	return err
}

// The condition is changed before it is tested again.
func (s *screen) show(read func() error) error {
	var (
		wg   sync.WaitGroup
		err  error
		done chan struct{}
	)
	if s.Progress {
		done = make(chan struct{})
		go func() { <-done }()
	}
	s.Progress = true
	wg.Add(1)
	go func() {
		defer wg.Done()
		err = read()
		if s.Progress {
			done <- struct{}{} // want "nil-channel: "
		}
	}()
	wg.Wait()
	return err
}
