package stop

import "strings"

type follower struct {
	lines chan string
	stop  chan struct{}
}

// Of several that wait for it, one hears of the end.
func (f *follower) tail(next func() string) {
	for {
		select { // want "producer-outlives-consumer"
		case f.lines <- next():
		case <-f.stop:
			return
		}
	}
}

func (f *follower) end() {
	f.stop <- struct{}{}
}

func search(word string, logs ...func() string) string {
	f := &follower{lines: make(chan string), stop: make(chan struct{})}
	for _, next := range logs {
		go f.tail(next)
	}
	defer f.end()
	for l := range f.lines {
		if strings.Contains(l, word) {
			return l
		}
	}
	return ""
}
