package main

import (
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

func sum(values []int) int {
	total := 0
	go func() {
		for _, v := range values {
			total += v
		}
	}()
	time.Sleep(100 * time.Millisecond) // want "sleep-as-sync: this sleep stands for waiting until the goroutine of line 13 has set `total`"
	return total
}

func load(fetch func() (string, error)) (string, error) {
	var body string
	var err error
	go func() {
		body, err = fetch()
	}()
	time.Sleep(2 * time.Second) // want "until the goroutine of line 25 has set `err`"
	if err != nil {
		return "", err
	}
	return body, nil
}

// Locking makes it no race, but nothing waits either.
func count(n int, work func()) int {
	var mu sync.Mutex
	finished := 0
	for range n {
		go func() {
			work()
			mu.Lock()
			finished++
			mu.Unlock()
		}()
	}
	time.Sleep(time.Second) // want "has set `finished`"
	mu.Lock()
	defer mu.Unlock()
	return finished
}

func check(probe func() bool) error {
	ok := false
	go func() { ok = probe() }()
	log.Print("probing")
	time.Sleep(50 * time.Millisecond) // want "has set `ok`"
	log.Print("probed")
	if !ok {
		return errors.New("probe failed")
	}
	return nil
}

func collect(parts []string) []string {
	var seen []string
	var mu sync.Mutex
	for _, p := range parts {
		go func(p string) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, p)
		}(p)
	}
	time.Sleep(time.Second) // want "has set `seen`"
	fmt.Println(len(seen))
	return nil
}

type report struct {
	pages int
	words map[string]int
}

func analyse(text string, scan func(string) int) report {
	r := report{words: map[string]int{}}
	go func() {
		r.pages = scan(text)
	}()
	time.Sleep(time.Second) // want "has set `r.pages`"
	if r.pages == 0 {
		log.Print("empty")
	}
	return r
}

func squares(n int) []int {
	out := make([]int, n)
	for i := range n {
		go func() {
			out[i] = i * i
		}()
	}
	time.Sleep(10 * time.Millisecond) // want "has set `out`"
	return out
}

type index[K comparable] struct {
	mu    sync.Mutex
	words map[K]int
	files int
}

func (x *index[K]) add(words []K) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, w := range words {
		x.words[w]++
	}
	x.note()
}

func (x *index[K]) note() { x.files++ }

// The goroutines run a method.
func (x *index[K]) build(first, second []K) int {
	go x.add(first)
	go x.add(second)
	time.Sleep(time.Second) // want "has set `x.words`: nothing makes sure that it has when `x.words` is read"
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.words)
}

type folder struct{ *index[string] }

// Through a literal and a method that it calls.
func (f *folder) scan(names []string) string {
	go func() {
		f.index.add(names)
	}()
	time.Sleep(time.Second) // want "has set `f.index.files`: nothing makes sure that it has, and reading it is a data race"
	return fmt.Sprint(f.index.files)
}

func fetchInto(r *report, text string, scan func(string) int) { r.pages = scan(text) }

func pages(text string, scan func(string) int) int {
	var r report
	go fetchInto(&r, text, scan)
	time.Sleep(time.Second) // want "has set `r.pages`"
	return r.pages
}

func greet(name string) {
	fmt.Println("hello", name)
}

func main() {
	for _, n := range []string{"a", "b"} {
		go greet(n)
	}
	time.Sleep(time.Second) // want "when it takes longer, `main` returns and cuts it off"
	fmt.Println("bye")
}
