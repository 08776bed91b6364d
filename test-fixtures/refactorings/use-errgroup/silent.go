package useerrgroup

import (
	"log"
	"sync"
)

type pool struct{ wg sync.WaitGroup }

// Others wait for the group, too.
func (p *pool) shared(parts []shard) error {
	wg := &p.wg // not offered
	errs := make(chan error, len(parts))
	for range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- nil
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// Each error is looked at.
func all(parts []shard) {
	var wg sync.WaitGroup // not offered
	errs := make(chan error, len(parts))
	for range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- nil
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			log.Print(err)
		}
	}
}

// The loop is left, not the function.
func leaving(parts []shard) (found error) {
	var wg sync.WaitGroup // not offered
	errs := make(chan error, len(parts))
	for range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- nil
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			found = err
			break
		}
	}
	return found
}

// The counter is set in the body, and a parameter's name means something else around it.
func changing(parts []shard) error {
	var wg sync.WaitGroup // not offered
	errs := make(chan error, len(parts))
	for i := 0; i < len(parts); i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			errs <- nil
			_ = i
		}(i)
		i++
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func hiding(parts []shard) error {
	var wg sync.WaitGroup // not offered
	errs := make(chan error, len(parts))
	for i := range parts {
		p := "part"
		wg.Add(1)
		go func(p shard) {
			defer wg.Done()
			_ = p.n
			errs <- nil
		}(parts[i])
		log.Print(p)
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// A goroutine is started after the wait.
func later(parts []shard) error {
	var wg sync.WaitGroup // not offered
	errs := make(chan error, len(parts))
	for range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- nil
		}()
	}
	wg.Wait()
	wg.Add(1)
	go func() {
		defer wg.Done()
		errs <- nil
	}()
	close(errs)
	return <-errs
}
