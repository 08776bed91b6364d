package ignoredchannelresult

import "os"

func runAsync(work func() error) <-chan error {
	done := make(chan error)
	go func() {
		done <- work()
	}()
	return done
}

func statement(work func() error) {
	runAsync(work) // want "ignored-channel-result: nobody keeps the channel that `runAsync` returns: the goroutine that sends on it blocks for ever at line 8"
}

func blank(work func() error) {
	_ = runAsync(work) // want "ignored-channel-result"
}

func deferred(work func() error) {
	defer runAsync(work) // want "ignored-channel-result"
}

func read(path string) (<-chan []byte, error) {
	if path == "" {
		return nil, os.ErrNotExist
	}
	data := make(chan []byte)
	go func() {
		defer close(data)
		b, err := os.ReadFile(path)
		if err == nil {
			data <- b
		}
	}()
	return data, nil
}

func onlyError(path string) error {
	_, err := read(path) // want "ignored-channel-result"
	return err
}

type monitor struct{ probe func() bool }

func (m *monitor) watch() chan bool {
	states := make(chan bool)
	go m.report(states)
	return states
}

func (m *monitor) report(states chan<- bool) {
	for {
		states <- m.probe()
	}
}

func (m *monitor) start() {
	m.watch() // want "ignored-channel-result"
}

func fill[T any](values []T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	return out
}

func inBranch(values []int) {
	if len(values) > 0 {
		fill(values) // want "ignored-channel-result"
	}
}
