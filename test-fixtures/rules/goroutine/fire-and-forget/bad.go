package fireandforget

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func Save(name string, data []byte) {
	go func() { // want "fire-and-forget: nobody can wait for this goroutine, and nothing can end it"
		if err := os.WriteFile(name, data, 0o600); err != nil {
			log.Print(err)
		}
	}()
}

func SaveAll(files map[string][]byte) int {
	count := 0
	for name, data := range files {
		count++
		go func() { // want "nobody can wait"
			os.WriteFile(name, data, 0o600)
		}()
	}
	return count
}

type audit struct{ lines []string }

func (a *audit) write(line string) { a.lines = append(a.lines, strings.TrimSpace(line)) }

func (a *audit) Log(line string) {
	go a.write(line) // want "nobody can wait"
}

func report(line string) { fmt.Fprintln(os.Stderr, line) }

func Handle(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	go report(path) // want "nobody can wait"
	w.WriteHeader(http.StatusNoContent)
}

func Spin(n int) (sum int) {
	if n == 0 {
		return 0
	}
	go func() { // want "nobody can wait"
		for i := range n {
			sum += i
		}
	}()
	return sum
}

func Nested(name string) {
	remove := func() {
		// The group belongs to the literal.
		go func() { // want "nobody can wait"
			os.Remove(name)
		}()
		log.Print(name)
	}
	remove()
	remove()
}

// The function does not return: there is nothing to wait in.
func Forever(next func() string) {
	for {
		name := next()
		go func() { // want "nobody can wait"
			os.Remove(name)
		}()
	}
}

// To wait for it at once would make a plain call of it.
func Later(name string) {
	go func() { // want "nobody can wait"
		os.Remove(name)
	}()
}

// To wait for what never ends would never end.
func Watch(name string, seen map[string]int) {
	if seen[name] > 0 {
		return
	}
	go func() { // want "nobody can wait"
		for {
			time.Sleep(time.Minute)
			os.Remove(name)
		}
	}()
	seen[name]++
}

// Nor for one that ends the process.
func Within(limit time.Duration, run func() error) error {
	go func() { // want "nobody can wait"
		time.Sleep(limit)
		panic("too slow")
	}()
	return run()
}

// Nothing is done behind it but to leave.
func Post(name string, posted map[string]bool) bool {
	if !posted[name] {
		go func() { // want "nobody can wait"
			os.Remove(name)
		}()
	}
	return posted[name]
}
