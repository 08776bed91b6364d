// The program ends when run returns, and what was left behind with it.
package main

import (
	"errors"
	"os"
	"time"
)

func main() {
	if err := run(); err != nil {
		os.Exit(1)
	}
}

func run() error {
	results := make(chan string)
	go func() {
		results <- fetch() // want hint "abandoned-send: `results` is unbuffered"
	}()
	select {
	case <-results:
		return nil
	case <-time.After(time.Second):
		return errors.New("timed out")
	}
}

func fetch() string { return os.Getenv("RESULT") }
