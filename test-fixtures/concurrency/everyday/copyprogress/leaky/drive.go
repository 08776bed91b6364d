package leaky

import (
	"errors"
	"strings"
)

// disk takes a number of chunks and is full then.
type disk struct{ room int }

func (d *disk) Write(p []byte) (int, error) {
	if d.room == 0 {
		return 0, errors.New("disk is full")
	}
	d.room--
	return len(p), nil
}

// Drive copies a text to a disk that is too small for it.
func Drive() {
	_, _ = Copy(&disk{room: 2}, strings.NewReader(strings.Repeat("a line of text\n", 8)), func(int64) {})
}
