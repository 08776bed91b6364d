// Package leaky asks weather stations over one line.
package leaky

import (
	"context"
	"errors"
	"sync"
)

// Message is a question or its answer.
type Message struct {
	Number int
	Text   string
}

// Line carries messages.
type Line interface {
	Send(Message) error
	Receive() (Message, error)
	Hang()
}

func next(l Line) (Message, error) {
	m, err := l.Receive()
	if err != nil {
		return Message{}, err
	}
	return m, nil
}

// ErrGone says that the line is dead.
var ErrGone = errors.New("the line is dead")

// Client asks one question after the other.
type Client struct {
	line Line
	dead chan struct{}

	mu     sync.Mutex
	number int
	open   map[int]chan string
}

// NewClient listens to a line.
func NewClient(line Line) *Client {
	c := &Client{line: line, dead: make(chan struct{}), open: make(map[int]chan string)}
	go c.listen()
	return c
}

func (c *Client) listen() {
	defer close(c.dead)
	for {
		m, err := next(c.line)
		if err != nil {
			return
		}
		if answer, ok := c.take(m.Number); ok {
			answer <- m.Text // blocked: abandoned-send
		}
	}
}

func (c *Client) take(number int) (chan string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	answer, ok := c.open[number]
	delete(c.open, number)
	return answer, ok
}

func (c *Client) note() (int, chan string) {
	answer := make(chan string)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.number++
	c.open[c.number] = answer
	return c.number, answer
}

// Ask waits for the answer to a question.
func (c *Client) Ask(ctx context.Context, question string) (string, error) {
	number, answer := c.note()
	defer c.take(number)
	if err := c.line.Send(Message{Number: number, Text: question}); err != nil {
		return "", err
	}
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	case <-c.dead:
		return "", ErrGone
	}
}

// Close hangs up.
func (c *Client) Close() {
	c.line.Hang()
	<-c.dead
}
