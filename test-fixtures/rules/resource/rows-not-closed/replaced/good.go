package replaced

import (
	"context"
	"database/sql"
)

// The old query ends before the next one.
type pages struct {
	db   *sql.DB
	n    int
	rows *sql.Rows
}

func (p *pages) fetch(ctx context.Context) error {
	rows, err := p.db.QueryContext(ctx, "SELECT text FROM pages WHERE n >= ?", p.n)
	if err != nil {
		return err
	}
	p.rows = rows
	return nil
}

func (p *pages) Text(ctx context.Context) (string, error) {
	if p.rows == nil {
		if err := p.fetch(ctx); err != nil {
			return "", err
		}
	}
	if !p.rows.Next() {
		return "", p.end()
	}
	var text string
	err := p.rows.Scan(&text)
	return text, err
}

func (p *pages) Jump(ctx context.Context, to int) error {
	if err := p.end(); err != nil {
		return err
	}
	p.n = to
	return p.fetch(ctx)
}

func (p *pages) end() error {
	if p.rows == nil {
		return nil
	}
	rows := p.rows
	p.rows = nil
	return rows.Close()
}

func (p *pages) Close() error { return p.end() }

// Rows that are read to their end are closed.
type batches struct {
	db   *sql.DB
	rows *sql.Rows
}

func (b *batches) fetch(q string) error {
	rows, err := b.db.Query(q)
	if err != nil {
		return err
	}
	b.rows = rows
	return nil
}

func (b *batches) All(names []string) (int, error) {
	n := 0
	for _, name := range names {
		if err := b.fetch(name); err != nil {
			return n, err
		}
		for b.rows.Next() {
			n++
		}
	}
	return n, nil
}

func (b *batches) Close() error { return b.rows.Close() }
