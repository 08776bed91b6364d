// Package reading reads what another package has opened.
package reading

import (
	"context"
	"io"

	"example.com/rules/resource/rows-not-closed/archive"
)

// Desk is where letters come from.
type Desk interface {
	Of(ctx context.Context, letter int64) (*archive.Pages, error)
}

type reader struct {
	desk  Desk
	most  int
	pages int
}

func (r *reader) copyTo(ctx context.Context, w io.Writer, letter int64) error {
	pages, err := r.desk.Of(ctx, letter) // want "`pages` is not finished on every way out"
	if err != nil {
		return err
	}
	for pages.Turn() {
		if r.pages == r.most {
			break
		}
		if _, err := io.WriteString(w, pages.Text()); err != nil {
			return err
		}
		r.pages++
	}
	return pages.Err()
}

func first(ctx context.Context, letters *archive.Letters, letter int64) (string, error) {
	pages, err := letters.Of(ctx, letter) // want "`pages` is not finished on every way out"
	if err != nil {
		return "", err
	}
	if !pages.Turn() {
		return "", pages.Err()
	}
	return pages.Text(), nil
}
