package doubleclose

import (
	"bufio"
	"fmt"
	"io"
)

type pump struct {
	max   int
	lines chan string
	stop  chan struct{}
}

// What is read is not known; that the deferred close follows is.
func (p *pump) fill(r io.Reader) {
	defer close(p.lines) // want "double-close: `p.lines` may be closed already: closing it again panics"
	in := bufio.NewReader(r)
	for n := 0; ; n++ {
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return
		}
		if err != nil {
			p.lines <- fmt.Sprintf("line %d: %v", n, err)
			close(p.lines)
			return
		}
		if len(line) > p.max {
			continue
		}
		p.lines <- line
	}
}

// The end is told before the rest of the work.
func announce(work, tidy func() error, over chan struct{}) error {
	defer close(over) // want "double-close"
	err := work()
	if err == nil {
		close(over)
		err = tidy()
	}
	return err
}

func startPump(max int) *pump {
	return &pump{max: max, lines: make(chan string), stop: make(chan struct{})}
}
