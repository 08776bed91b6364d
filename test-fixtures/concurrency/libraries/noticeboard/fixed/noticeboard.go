// Package fixed tells readers of a board what is new.
package fixed

import "sync"

// Board keeps a list of those who want to know.
type Board struct {
	mu      sync.Mutex
	seats   map[int]chan string
	newest  int
	dropped int
}

// NewBoard returns an empty board.
func NewBoard() *Board { return &Board{seats: make(map[int]chan string)} }

func (b *Board) join() (int, <-chan string) {
	notes := make(chan string, 4)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.newest++
	b.seats[b.newest] = notes
	return b.newest, notes
}

func (b *Board) leave(seat int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if notes, ok := b.seats[seat]; ok {
		delete(b.seats, seat)
		close(notes)
	}
}

// Pin tells all who have room for it.
func (b *Board) Pin(note string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, notes := range b.seats {
		select {
		case notes <- note:
		default:
			b.dropped++
		}
	}
}

// Reader collects what is pinned to a board.
type Reader struct {
	board *Board
	seat  int

	mu   sync.Mutex
	seen []string
}

// NewReader starts to read.
func NewReader(board *Board) *Reader {
	seat, notes := board.join()
	r := &Reader{board: board, seat: seat}
	go r.read(notes)
	return r
}

func (r *Reader) read(notes <-chan string) {
	for note := range notes {
		r.mu.Lock()
		r.seen = append(r.seen, note)
		r.mu.Unlock()
	}
}

// Seen returns what has been read.
func (r *Reader) Seen() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.seen...)
}

// Close ends the reading.
func (r *Reader) Close() { r.board.leave(r.seat) }
