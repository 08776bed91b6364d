package leaky

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

type sample struct {
	name  string
	value float64
}

// Load sums up the samples of each name; a line is a name and a value.
func Load(r io.Reader) (map[string]float64, error) {
	samples := make(chan sample)
	failed := make(chan error, 1)
	go func() {
		failed <- scan(r, samples)
	}()
	sums := make(map[string]float64)
	for s := range samples { // blocked: close-skipped
		sums[s.name] += s.value
	}
	if err := <-failed; err != nil {
		return nil, err
	}
	return sums, nil
}

func scan(r io.Reader, out chan<- sample) error {
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		name, text, ok := strings.Cut(lines.Text(), " ")
		if !ok {
			return fmt.Errorf("line %d has no value", number)
		}
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		out <- sample{name, value}
	}
	close(out)
	return lines.Err()
}
