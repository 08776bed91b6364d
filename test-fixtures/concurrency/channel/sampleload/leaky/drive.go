package leaky

import "strings"

// Drive loads samples of which the second is broken.
func Drive() {
	_, _ = Load(strings.NewReader("cpu 0.5\ncpu half\ncpu 0.25\n"))
}
