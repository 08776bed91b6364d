package fixed

import (
	"errors"
	"strings"
)

// Drive checks more links to dead servers than may be checked at the same time.
func Drive() {
	c := &Checker{Limit: 2, Head: func(link string) (int, error) {
		if strings.HasSuffix(link, ".test") {
			return 0, errors.New("no such host")
		}
		return 404, nil
	}}
	c.Broken([]string{"a.test", "b.example", "c.test", "d.test", "e.example"})
}
