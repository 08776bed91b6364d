package reading

import (
	"context"
	"io"

	"example.com/rules/resource/rows-not-closed/archive"
)

func (r *reader) copied(ctx context.Context, w io.Writer, letter int64) error {
	pages, err := r.desk.Of(ctx, letter)
	if err != nil {
		return err
	}
	defer pages.Close()
	for pages.Turn() {
		if _, err := io.WriteString(w, pages.Text()); err != nil {
			return err
		}
	}
	return pages.Err()
}

// There is nothing left when there are no more pages.
func count(ctx context.Context, letters *archive.Letters, letter int64) (n int, err error) {
	pages, err := letters.Of(ctx, letter)
	if err != nil {
		return 0, err
	}
	for pages.Turn() {
		n++
	}
	return n, pages.Err()
}

// Whoever calls it closes what it returns.
func (r *reader) open(ctx context.Context, letter int64) (*archive.Pages, error) {
	pages, err := r.desk.Of(ctx, letter)
	if err != nil {
		return nil, err
	}
	pages.Turn()
	return pages, nil
}

// Nothing is left of the rows.
func all(ctx context.Context, letters *archive.Letters, letter int64) (*archive.Leaf, error) {
	leaf, err := letters.All(ctx, letter)
	if err != nil {
		return nil, err
	}
	println(leaf)
	return nil, nil
}

// The shelf closes what it has given out.
func leaf(ctx context.Context, shelf *archive.Shelf, letter int64) (string, error) {
	pages, err := shelf.Take(ctx, letter)
	if err != nil {
		return "", err
	}
	if !pages.Turn() {
		return "", pages.Err()
	}
	return pages.Text(), nil
}

type bench interface {
	Take(ctx context.Context, letter int64) (*archive.Pages, error)
}

func borrowed(ctx context.Context, from bench, letter int64) (string, error) {
	pages, err := from.Take(ctx, letter)
	if err != nil {
		return "", err
	}
	if !pages.Turn() {
		return "", pages.Err()
	}
	return pages.Text(), nil
}
