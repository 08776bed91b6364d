// Package leaky calls everybody who listens to a line.
package leaky

import "sync"

// Board knows the lines.
type Board struct {
	mu    sync.Mutex
	lines map[string]map[*Listener]bool
}

// Listener hears the calls of one line.
type Listener struct {
	board *Board
	line  string
	calls chan string
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
}

// NewBoard returns a board without lines.
func NewBoard() *Board { return &Board{lines: make(map[string]map[*Listener]bool)} }

// Listen passes the calls of a line on.
func (b *Board) Listen(line string, hear func(string)) *Listener {
	l := &Listener{
		board: b,
		line:  line,
		calls: make(chan string),
		quit:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	b.mu.Lock()
	if b.lines[line] == nil {
		b.lines[line] = make(map[*Listener]bool)
	}
	b.lines[line][l] = true
	b.mu.Unlock()
	go l.run(hear)
	return l
}

// Call calls all who listen to a line.
func (b *Board) Call(line, text string) {
	b.mu.Lock()
	var all []*Listener
	for l := range b.lines[line] {
		all = append(all, l)
	}
	b.mu.Unlock()
	for _, l := range all {
		l.take(text)
	}
}

func (l *Listener) take(text string) {
	l.calls <- text // blocked: abandoned-send
}

func (l *Listener) run(hear func(string)) {
	defer close(l.done)
	for {
		select {
		case text := <-l.calls:
			hear(text)
		case <-l.quit:
			return
		}
	}
}

// Close ends the listening.
func (l *Listener) Close() {
	l.once.Do(func() { close(l.quit) })
	<-l.done
	l.board.mu.Lock()
	defer l.board.mu.Unlock()
	delete(l.board.lines[l.line], l)
}
