package apart

import (
	"strings"
)

func scan(path string, open func(string) ([]string, error), out chan<- string) error {
	rows, err := open(path)
	if err != nil {
		return err
	}
	for _, r := range rows {
		out <- r
	}
	// All rows are out.
	close(out)
	return nil
}

func splitInto(text string, out chan<- string) {
	for _, w := range strings.Fields(text) {
		if w == "END" {
			return
		}
		out <- w
	}
	close(out)
}

type door struct {
	bind func() error
	open chan struct{}
	err  error
}

// It has to be open before it serves.
func (d *door) serve(accept func() bool) {
	if err := d.bind(); err != nil {
		d.err = err
		return
	}
	close(d.open)
	for accept() {
	}
}
