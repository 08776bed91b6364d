// Package archive reads letters from a database, for other packages.
package archive

import (
	"context"
	"database/sql"
)

// Letters gives access to the letters.
type Letters struct {
	db *sql.DB
}

// Pages walks over the pages of a letter.
type Pages struct {
	rows *sql.Rows
	text string
	err  error
}

// Of starts to read a letter.
func (l *Letters) Of(ctx context.Context, letter int64) (*Pages, error) {
	rows, err := l.db.QueryContext(ctx, "select text from page where letter = ? order by number", letter)
	if err != nil {
		return nil, err
	}
	return &Pages{rows: rows}, nil
}

// Turn goes to the next page.
func (p *Pages) Turn() bool {
	if p.err != nil || !p.rows.Next() {
		return false
	}
	p.err = p.rows.Scan(&p.text)
	return p.err == nil
}

// Text is that of the page.
func (p *Pages) Text() string { return p.text }

// Err tells why there are no more pages.
func (p *Pages) Err() error {
	if p.err != nil {
		return p.err
	}
	return p.rows.Err()
}

// Close gives the pages back.
func (p *Pages) Close() error { return p.rows.Close() }

// Leaf is a page that is read at once.
type Leaf struct {
	rows *sql.Rows
}

// All reads all pages, and has no rows any more then.
func (l *Letters) All(ctx context.Context, letter int64) (*Leaf, error) {
	rows, err := l.db.QueryContext(ctx, "select text from page where letter = ?", letter)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return &Leaf{rows: rows}, nil
}

// Shelf keeps the pages that it gives out, and closes them.
type Shelf struct {
	letters *Letters
	open    []*Pages
}

// Take gives pages that the shelf closes.
func (s *Shelf) Take(ctx context.Context, letter int64) (*Pages, error) {
	pages, err := s.letters.Of(ctx, letter)
	if err != nil {
		return nil, err
	}
	s.open = append(s.open, pages)
	return pages, nil
}
