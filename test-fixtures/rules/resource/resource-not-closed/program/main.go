// A program that sends charts to two screens through pipes, and ends.
package main

import (
	"bufio"
	"errors"
	"io"
	"log"
)

var errTooWide = errors.New("chart is too wide")

type chart struct{ rows []string }

func (c *chart) encode(w io.Writer) error {
	for _, r := range c.rows {
		if _, err := io.WriteString(w, r+"\n"); err != nil {
			return err
		}
	}
	return nil
}

type screen struct{ width int }

func (s *screen) show(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(line) > s.width {
			return errTooWide
		}
	}
}

func send(c *chart, s *screen) error {
	r, w := io.Pipe() // want hint "resource-not-closed: the goroutine that writes into this pipe may wait for ever: when `s.show` fails"
	go func() { w.CloseWithError(c.encode(w)) }()
	if err := s.show(r); err != nil {
		return err
	}
	return nil
}

func sendAll(c *chart, s *screen) error {
	r, w := io.Pipe()
	defer r.Close()
	go func() { w.CloseWithError(c.encode(w)) }()
	if err := s.show(r); err != nil {
		return err
	}
	return nil
}

func main() {
	c := &chart{rows: []string{"sea", "mountains"}}
	for _, s := range []*screen{{width: 4}, {width: 80}} {
		if err := errors.Join(send(c, s), sendAll(c, s)); err != nil {
			log.Print(err)
		}
	}
}
