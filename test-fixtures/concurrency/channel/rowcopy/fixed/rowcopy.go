package fixed

import "errors"

type op int

const (
	opInsert op = iota
	opBarrier
	opAbort
	opEnd
)

type change struct {
	op  op
	key string
}

type copier struct {
	rows    chan string
	aborted bool
	copied  map[string]bool
	err     error
}

func (c *copier) finish(err error) {
	c.err = err
	close(c.rows)
}

// replay turns a change log into rows.
func (c *copier) replay(log []change) {
	for _, entry := range log {
		switch entry.op {
		case opInsert:
			c.rows <- entry.key
		case opBarrier:
			continue
		case opAbort:
			c.aborted = true
			c.finish(nil)
			return
		case opEnd:
			c.finish(nil)
			return
		}
	}
	c.finish(errors.New("log is cut off"))
}

func (c *copier) store() {
	for {
		key, ok := <-c.rows
		if !ok {
			return
		}
		c.copied[key] = true
	}
}

// Run copies logs that end, that break off and that were aborted.
func Run() {
	logs := [][]change{
		{{opInsert, "a"}, {opBarrier, ""}, {opInsert, "b"}, {opEnd, ""}},
		{{opInsert, "c"}},
		{{opInsert, "d"}, {opAbort, ""}, {opInsert, "e"}},
	}
	for _, log := range logs {
		c := &copier{rows: make(chan string), copied: make(map[string]bool)}
		go c.replay(log)
		c.store()
	}
}
