package stop

import (
	"context"
	"errors"
)

type reader struct {
	lines []string
	step  int
}

// The goroutine and its receiver are in one function.
func firstLong(lines []string) string {
	words := make(chan string)
	go func() {
		defer close(words)
		for _, l := range lines {
			words <- l // want "producer-outlives-consumer"
		}
		words <- "" // want "producer-outlives-consumer"
	}()
	for w := range words {
		if len(w) > 10 {
			return w
		}
	}
	return ""
}

// The channel is returned, to one caller.
func (r *reader) stream() <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for i := 0; i < len(r.lines); i += r.step {
			out <- r.lines[i] // want "producer-outlives-consumer"
		}
	}()
	return out
}

func (r *reader) find(wanted string) error {
	for l := range r.stream() {
		if l == wanted {
			return nil
		}
	}
	return errors.New("not found")
}

// The caller has a context, which lasts longer.
func (r *reader) changes(ctx context.Context, limit int) <-chan string {
	out := make(chan string, 1)
	go func() {
		defer close(out)
		for i := range limit {
			if ctx.Err() != nil {
				return
			}
			out <- r.lines[i] // want "producer-outlives-consumer"
		}
	}()
	return out
}

func (r *reader) waitFor(ctx context.Context, wanted string) error {
	found := r.changes(ctx, len(r.lines))
	for {
		select {
		case l, ok := <-found:
			if !ok {
				return errors.New("not found")
			}
			if l == wanted {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Others may call it with what they have now.
func Numbers(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i // want "producer-outlives-consumer"
		}
	}()
	return out
}

func firstEven() int {
	for i := range Numbers(9) {
		if i > 0 && i%2 == 0 {
			return i
		}
	}
	return 0
}

// A defer in a loop would come too late.
func letters(word string) <-chan rune {
	out := make(chan rune)
	go func() {
		defer close(out)
		for _, r := range word {
			out <- r // want "producer-outlives-consumer"
		}
	}()
	return out
}

func initials(words []string) (all []rune) {
	for _, w := range words {
		for r := range letters(w) {
			all = append(all, r)
			break
		}
	}
	return all
}
