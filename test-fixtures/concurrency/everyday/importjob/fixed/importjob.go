// Package fixed imports settings in the background.
package fixed

import (
	"fmt"
	"strings"
)

// Outcome tells how far an import came.
type Outcome struct {
	Imported int
	Err      error
}

// Importer puts settings into a store.
type Importer struct {
	Store func(key, value string) error
}

// Start imports lines of the form key=value; the outcome comes on the channel.
func (i *Importer) Start(lines []string) <-chan Outcome {
	outcome := make(chan Outcome)
	go i.run(lines, outcome)
	return outcome
}

func (i *Importer) run(lines []string, outcome chan<- Outcome) {
	var o Outcome
	defer func() {
		outcome <- o
	}()
	for number, line := range lines {
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			o.Err = fmt.Errorf("line %d: no value", number+1)
			return
		}
		if o.Err = i.Store(key, value); o.Err != nil {
			return
		}
		o.Imported++
	}
}
