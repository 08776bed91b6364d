package produceroutlivesconsumer

import "errors"

// Nobody calls the reader yet: it will be the one who closes.
type rows struct {
	out  chan string
	gone chan struct{}
}

func openRows(texts []string) *rows {
	r := &rows{out: make(chan string), gone: make(chan struct{})}
	go func() {
		defer close(r.out)
		for _, t := range texts {
			select {
			case r.out <- t:
			case <-r.gone:
				return
			}
		}
	}()
	return r
}

func (r *rows) stop() {
	close(r.gone)
}

func readRows(texts []string) (int, error) {
	r := openRows(texts)
	defer r.stop()
	read := 0
	for text := range r.out {
		if text == "" {
			return read, errors.New("an empty row")
		}
		read++
	}
	return read, nil
}
