package waitbeforedrain

import "sync"

// One failure is looked at, but there may be more.
func anyFailure(lines []string, check func(string) error) error {
	failures := make(chan error, 1)
	var wg sync.WaitGroup
	for _, line := range lines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(line); err != nil {
				failures <- err
			}
		}()
	}
	wg.Wait() // want "wait-before-drain: this wait for `wg` may last for ever"
	select {
	case err := <-failures:
		return err
	default:
		return nil
	}
}
