package deferinloop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

type digest struct {
	name string
	size int64
}

var errEmpty = errors.New("empty")

// Errors leave the loop, and the literal hands them on.
func digests(ctx context.Context, fsys fs.FS, names []string, hidden func(string) bool) ([]digest, error) {
	var all []digest
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if hidden(name) {
			continue
		}
		f, err := fsys.Open(name)
		if err != nil {
			return nil, fmt.Errorf("open: %w", err)
		}
		defer f.Close() // want "until then the loop on line \\d+ leaves one more `f` unreleased"
		n, err := io.Copy(io.Discard, f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if n == 0 {
			return nil, errEmpty
		}
		all = append(all, digest{name: name, size: n})
	}
	return all, nil
}

func copyAll(w io.Writer, fsys fs.FS, names []string) (n int64, err error) {
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return n, err
		}
		defer f.Close() // want "leaves one more `f` unreleased"
		m, err := io.Copy(w, f)
		n += m
		if err != nil && m == 0 {
			return n, err
		}
	}
	return n, nil
}

// It may return without an error, too.
func firstOf(fsys fs.FS, names []string) (string, error) {
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return "", err
		}
		defer f.Close() // want "leaves one more `f` unreleased"
		head := make([]byte, 4)
		if _, err := io.ReadFull(f, head); err != nil {
			continue
		}
		if string(head) == "%PDF" {
			return name, nil
		}
	}
	return "", nil
}

// Whether the last error is one is not known.
func touchAll(fsys fs.FS, names []string, touch func(fs.File) error) error {
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer f.Close() // want "leaves one more `f` unreleased"
		if name == "last" {
			return touch(f)
		}
		println(name)
	}
	return nil
}

// The deferred call sets the result.
func sizes(fsys fs.FS, names []string) (sum int64, failed error) {
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return 0, err
		}
		defer func() { // want "leaves one more `f` unreleased"
			if err := f.Close(); err != nil {
				failed = err
			}
		}()
		info, err := f.Stat()
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}
