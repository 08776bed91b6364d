package fixed

import "strings"

// stage applies f to what comes in and passes on what f keeps.
func stage[In, Out any](in <-chan In, f func(In) (Out, bool)) <-chan Out {
	out := make(chan Out)
	go func() {
		defer close(out)
		for v := range in {
			if w, keep := f(v); keep {
				out <- w
			}
		}
	}()
	return out
}

// batch groups what comes in, size by size; the last group may be smaller.
func batch[T any](in <-chan T, size int) <-chan []T {
	out := make(chan []T)
	go func() {
		defer close(out)
		var group []T
		for v := range in {
			group = append(group, v)
			if len(group) == size {
				out <- group
				group = nil
			}
		}
		if len(group) > 0 {
			out <- group
		}
	}()
	return out
}

func words(text string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, word := range strings.Fields(text) {
			out <- word
		}
	}()
	return out
}

// Run indexes a sentence in groups of two words.
func Run() {
	lengths := stage(words("every stage ends with the one before"), func(word string) (int, bool) {
		return len(word), len(word) > 3
	})
	sums := make(map[int]int)
	for group := range batch(lengths, 2) {
		for _, length := range group {
			sums[len(group)] += length
		}
	}
}
