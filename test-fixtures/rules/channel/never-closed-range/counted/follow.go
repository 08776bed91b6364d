package counted

import "sync"

type source interface {
	next() (string, bool)
}

type list struct {
	lines []string
}

func (l *list) next() (string, bool) {
	if len(l.lines) == 0 {
		return "", false
	}
	line := l.lines[0]
	l.lines = l.lines[1:]
	return line, true
}

type follower struct {
	sources []source
	lines   chan string
	readers sync.WaitGroup
}

func newFollower(sources ...source) *follower {
	return &follower{sources: sources, lines: make(chan string, 8)}
}

func (f *follower) read(s source) {
	defer f.readers.Done()
	for {
		line, ok := s.next()
		if !ok {
			return
		}
		f.lines <- line
	}
}

// Those who send are waited for already.
func (f *follower) count() int {
	for _, s := range f.sources {
		f.readers.Add(1)
		go f.read(s)
	}
	total := make(chan int)
	go func() {
		n := 0
		for range f.lines { // want "never-closed-range"
			n++
		}
		total <- n
	}()
	f.readers.Wait()
	return <-total
}

func countTwo() {
	f := newFollower(&list{lines: []string{"a", "b"}}, &list{lines: []string{"c"}})
	_ = f.count()
}
