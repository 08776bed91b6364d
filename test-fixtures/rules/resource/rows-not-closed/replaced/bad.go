package replaced

import (
	"context"
	"database/sql"
	"errors"
)

var errOver = errors.New("over")

type scroll struct {
	db    *sql.DB
	shelf string
	first int
	rows  *sql.Rows
	over  bool
}

func newScroll(db *sql.DB, shelf string) *scroll { return &scroll{db: db, shelf: shelf} }

func (s *scroll) fetch(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "SELECT title FROM books WHERE shelf = ? AND n >= ? ORDER BY n", s.shelf, s.first)
	if err != nil {
		return err
	}
	s.rows = rows // want "what `s.rows` held until here is never finished: `Jump` puts another one in its place"
	return nil
}

func (s *scroll) Title(ctx context.Context) (string, error) {
	if s.over {
		return "", errOver
	}
	if s.rows == nil {
		if err := s.fetch(ctx); err != nil {
			return "", err
		}
	}
	if !s.rows.Next() {
		s.over = true
		return "", errors.Join(errOver, s.rows.Err(), s.end())
	}
	var title string
	err := s.rows.Scan(&title)
	s.first++
	return title, err
}

func (s *scroll) Jump(ctx context.Context, to int) error {
	s.first = to
	return s.fetch(ctx)
}

func (s *scroll) end() error {
	if s.rows == nil {
		return nil
	}
	rows := s.rows
	s.rows = nil
	return rows.Close()
}

func (s *scroll) Close() error { return s.end() }
