package produceroutlivesconsumer

import "errors"

type pages struct {
	out  chan string
	gone chan struct{}
}

func openPages(texts []string) *pages {
	p := &pages{out: make(chan string), gone: make(chan struct{})}
	go func() {
		defer close(p.out)
		for _, t := range texts {
			select { // want "producer-outlives-consumer"
			case p.out <- t:
			case <-p.gone:
				return
			}
		}
	}()
	return p
}

func (p *pages) close() {
	close(p.gone)
}

// The reader that finds something wrong leaves without a word.
func readPages(texts []string) (int, error) {
	p := openPages(texts)
	read := 0
	for text := range p.out {
		if text == "" {
			return read, errors.New("an empty page")
		}
		read++
	}
	p.close()
	return read, nil
}

func readSome() {
	_, _ = readPages([]string{"one", "", "three"})
}
