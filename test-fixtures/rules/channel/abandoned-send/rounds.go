package abandonedsend

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"
)

// Each send is followed by the way out of the only loop: there is one at most, however long the loop goes on.
func waitFor(source io.Reader, mark string, limit time.Duration) error {
	found := make(chan error)
	go func() {
		lines := bufio.NewReader(source)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				found <- err // want "abandoned-send: `found` is unbuffered and its receiver may leave at line 35"
				break
			}
			if strings.Contains(line, mark) {
				found <- nil
				break
			}
		}
	}()
	var err error
	select {
	case err = <-found:
	case <-time.After(limit):
		err = errors.New("no mark in time")
	}
	return err
}

// The receiver is a goroutine itself: it is its way out that is told, not the end of the function around.
func total(read func() (int, error)) int {
	sum := make(chan int)
	go func() {
		n := 0
	loop:
		for {
			result := make(chan error, 0)
			go func() {
				got, err := read()
				n += got
				result <- err // want "abandoned-send: `result` is unbuffered and its receiver may leave at line 56"
			}()
			select {
			case err := <-result:
				if err != nil {
					break loop
				}
			case <-time.After(time.Second):
				break loop
			}
		}
		sum <- n
	}()
	return <-sum
}

// What runs when the context is done cannot give up for that reason.
func interrupted(ctx context.Context, interrupt func(), ask func() (string, error)) (string, error) {
	cause := make(chan error)
	context.AfterFunc(ctx, func() {
		interrupt()
		cause <- context.Cause(ctx) // want "abandoned-send"
	})
	answer, err := ask()
	if err != nil {
		return "", err
	}
	return answer, <-cause
}

// The function returns behind the send whether it was received or not.
type watcher struct {
	lines chan string
	errs  chan error
}

func watch(ctx context.Context, next func() (string, error)) (string, error) {
	w := watcher{lines: make(chan string), errs: make(chan error)}
	go w.run(ctx, next)
	select {
	case line := <-w.lines:
		return line, nil
	case err := <-w.errs:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (w watcher) run(ctx context.Context, next func() (string, error)) {
	line, err := next()
	if err != nil {
		w.errs <- err // want "abandoned-send"
		return
	}
	select {
	case w.lines <- line:
	case <-ctx.Done():
	}
}

// Room for one is not enough for three, each of which sends once.
func firstLine(ctx context.Context, out, errs *bufio.Scanner, exit <-chan int, start func() error) error {
	first := make(chan string, 1)
	go func() {
		<-exit
		first <- "exit" // want "abandoned-send: `first` holds 1 value\\(s\\), fewer than are sent"
	}()
	go func() {
		for errs.Scan() {
			if errs.Text() != "" {
				first <- errs.Text() // want "abandoned-send: `first` holds 1 value\\(s\\), fewer than are sent"
				return
			}
		}
	}()
	go func() {
		if out.Scan() {
			first <- out.Text() // want "abandoned-send: `first` holds 1 value\\(s\\), fewer than are sent"
		}
	}()
	if err := start(); err != nil {
		return err
	}
	select {
	case <-first:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
