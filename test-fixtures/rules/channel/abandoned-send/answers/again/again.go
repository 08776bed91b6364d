// Package again has questions that come back: more than one answer may be sent for each.
package again

import (
	"context"
	"errors"
)

var errClosed = errors.New("the dial is closed")

type query struct {
	text  string
	tries int
	reply chan string
}

// Dial answers questions, and repeats itself.
type Dial struct {
	ask     func(text string) string
	queries chan *query
	quit    chan struct{}
}

// NewDial starts the goroutine.
func NewDial(ask func(text string) string) *Dial {
	d := &Dial{ask: ask, queries: make(chan *query), quit: make(chan struct{})}
	go d.answer()
	go d.answer()
	return d
}

func (d *Dial) answer() {
	for {
		select {
		case q := <-d.queries:
			q.reply <- d.ask(q.text) // want "abandoned-send: nobody is left who could receive from `q.reply`"
			if q.tries--; q.tries > 0 {
				select {
				case d.queries <- q:
				case <-d.quit:
					return
				}
			}
		case <-d.quit:
			return
		}
	}
}

// Ask asks once, or more often.
func (d *Dial) Ask(ctx context.Context, text string, tries int) (string, error) {
	q := &query{text: text, tries: tries, reply: make(chan string)}
	select {
	case d.queries <- q:
	case <-d.quit:
		return "", errClosed
	}
	select {
	case a := <-q.reply:
		return a, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Close ends the goroutines.
func (d *Dial) Close() {
	close(d.quit)
}
