package doubleclose

import (
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
)

func deferredToo(work func() error) error {
	done := make(chan struct{})
	defer close(done) // want "double-close: `done` may be closed already: closing it again panics"
	if err := work(); err != nil {
		close(done)
		return err
	}
	return nil
}

// Each worker closes.
func everyWorker(jobs []func()) {
	done := make(chan struct{})
	for range 2 {
		go func() {
			for _, job := range jobs {
				job()
			}
			close(done) // want "double-close"
		}()
	}
	<-done
}

func bothSides(values []int) error {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	for range out {
	}
	close(out) // want "double-close"
	return errors.New("done")
}

func inLoop(items []string, bad func(string) bool) <-chan struct{} {
	failed := make(chan struct{})
	for _, item := range items {
		if bad(item) {
			close(failed) // want "double-close"
		}
	}
	return failed
}

func firstFailure(checks []func() error) {
	failed := make(chan struct{})
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if check() != nil {
				close(failed) // want "double-close"
			}
		}()
	}
	wg.Wait()
}

func twice(stop chan struct{}) {
	quit := make(chan struct{})
	cancel := func() { close(quit) } // want "double-close"
	defer cancel()
	select {
	case <-stop:
		cancel()
	case <-quit:
	}
}

// The function of WalkDir has closed the channel before it fails.
func walkedAndClosed(root string) (paths []string, err error) {
	found := make(chan string, 100)
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			close(found)
			return err
		}
		return nil
	})
	if err != nil {
		close(found) // want "double-close"
		return nil, err
	}
	return paths, nil
}
