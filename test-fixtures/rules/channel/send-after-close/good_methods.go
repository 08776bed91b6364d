package sendafterclose

import "io"

// Rider says farewell in time.
type Rider struct {
	letters chan string
	gone    chan error
	closed  bool
}

// NewRider sends a rider off.
func NewRider(w io.Writer) *Rider {
	r := &Rider{letters: make(chan string, 8), gone: make(chan error, 1)}
	go r.ride(w)
	return r
}

func (r *Rider) ride(w io.Writer) {
	var first error
	for letter := range r.letters {
		if _, err := io.WriteString(w, letter); err != nil && first == nil {
			first = err
		}
	}
	r.gone <- first
}

func (r *Rider) hand(letter string) {
	r.letters <- letter
}

// Post hands a letter over.
func (r *Rider) Post(letter string) {
	if !r.closed {
		r.hand(letter)
	}
}

// Close waits for the rider.
func (r *Rider) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	r.hand("farewell")
	close(r.letters)
	return <-r.gone
}
