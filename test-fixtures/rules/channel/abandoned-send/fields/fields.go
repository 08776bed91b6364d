package fields

import (
	"errors"
	"time"
)

// The channel is a field of what is handed to the goroutine.
type query struct {
	key   string
	reply chan string
}

func serveQueries(queries <-chan *query) {
	for q := range queries {
		q.reply <- "value of " + q.key // want "abandoned-send"
	}
}

func askFor(key string) (string, error) {
	queries := make(chan *query)
	defer close(queries)
	go serveQueries(queries)
	q := &query{key: key, reply: make(chan string)}
	queries <- q
	select {
	case v := <-q.reply:
		return v, nil
	case <-time.After(time.Second):
		return "", errors.New("no answer")
	}
}

// The channel is what a function returns.
func begin(work func() error) <-chan error {
	done := make(chan error)
	go func() {
		done <- work() // want "abandoned-send"
	}()
	return done
}

func inTime(work func() error) error {
	select {
	case err := <-begin(work):
		return err
	case <-time.After(time.Second):
		return errors.New("too late")
	}
}
