package closeskipped

import (
	"bufio"
	"errors"
	"os"
)

func lines(path string) []string {
	out := make(chan string)
	go func() {
		f, err := os.Open(path)
		if err != nil {
			return
		}
		defer f.Close()
		scanner := bufio.NewScanner(f)
		for scanner.Scan() {
			out <- scanner.Text()
		}
		close(out)
	}()
	var all []string
	for line := range out { // want "close-skipped: this loop waits until `out` is closed"
		all = append(all, line)
	}
	return all
}

func ready(boot func() error) {
	up := make(chan struct{})
	go func() {
		if err := boot(); err != nil {
			return
		}
		close(up) // tells that all is well
	}()
	<-up // want "close-skipped: this receive waits until `up` is closed"
}

func pages(fetch func(int) (string, error)) []string {
	out := make(chan string)
	go func() {
		for n := 0; ; n++ {
			page, err := fetch(n)
			if err != nil {
				return
			}
			if page == "" {
				break
			}
			out <- page
		}
		close(out)
	}()
	var all []string
	for p := range out { // want "close-skipped"
		all = append(all, p)
	}
	return all
}

func produce(items []string, out chan<- string, check func(string) bool) {
	for _, item := range items {
		if !check(item) {
			return
		}
		out <- item
	}
	close(out)
}

func checked(items []string, check func(string) bool) int {
	out := make(chan string)
	go produce(items, out, check)
	n := 0
	for range out { // want "close-skipped"
		n++
	}
	return n
}

// The receiver outlives an error of the parser.
func decode(parse func() (int, error)) (sum int) {
	values := make(chan int, 4)
	go func() {
		v, err := parse()
		if err == nil {
			values <- v
			close(values)
		}
	}()
	for v := range values { // want "close-skipped"
		sum += v
	}
	return sum
}

// The worker is left behind when an item is bad.
func feed(items []string, use func(string)) error {
	queue := make(chan string)
	go func() {
		for item := range queue { // want "close-skipped"
			use(item)
		}
	}()
	for _, item := range items {
		if item == "" {
			return errors.New("empty item")
		}
		queue <- item
	}
	close(queue)
	return nil
}
