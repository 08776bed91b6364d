package produceroutlivesconsumer

import (
	"bufio"
	"context"
	"errors"
	"io"
)

func find(ctx context.Context, names []string, want string) bool {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, n := range names {
			out <- n // want "producer-outlives-consumer: this send blocks for ever once the receiver of `out` has left, as it may at line 20"
		}
	}()
	for n := range out {
		if n == want {
			return true
		}
	}
	return false
}

func firstLines(r io.Reader, limit int) []string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(r)
		for scanner.Scan() {
			lines <- scanner.Text() // want "producer-outlives-consumer"
		}
	}()
	var all []string
	for line := range lines {
		all = append(all, line)
		if len(all) == limit {
			break
		}
	}
	return all
}

func generate(ctx context.Context, out chan<- int) {
	for n := 0; ; n++ {
		out <- n // want "producer-outlives-consumer"
	}
}

func firstThree(ctx context.Context) []int {
	numbers := make(chan int)
	go generate(ctx, numbers)
	return []int{<-numbers, <-numbers, <-numbers}
}

func importRows(ctx context.Context, rows []string, store func(string) error) error {
	queue := make(chan string)
	go func() {
		for _, row := range rows {
			queue <- row // want "producer-outlives-consumer"
		}
		close(queue)
	}()
	for row := range queue {
		if err := store(row); err != nil {
			return err
		}
	}
	return nil
}

func smallBuffer(values []int) (int, error) {
	out := make(chan int, 1)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v // want "producer-outlives-consumer"
		}
	}()
	sum := 0
	for v := range out {
		if v < 0 {
			return 0, errors.New("negative")
		}
		sum += v
	}
	return sum, nil
}

func average(ctx context.Context, measure func() int) int {
	samples := make(chan int)
	go func() {
		for {
			samples <- measure() // want "producer-outlives-consumer"
		}
	}()
	sum := 0
	for range 10 {
		sum += <-samples
	}
	return sum / 10
}

func firstLine(ctx context.Context, files []string, scan func(string) []string) (string, error) {
	found := make(chan string)
	go func() {
		for _, f := range files {
			for _, line := range scan(f) {
				found <- line // want "producer-outlives-consumer: this send blocks for ever once the receiver of `found` has left"
			}
		}
		close(found)
	}()
	select {
	case line := <-found:
		return line, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
