package carried

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// work is what one request does to the tables of orders.
type work struct {
	tx    *sql.Tx
	label string
}

func startWork(ctx context.Context, db *sql.DB, label string) (*work, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &work{tx: tx, label: label}, nil
}

func (w *work) finish(err error) error {
	if err != nil {
		return errors.Join(err, w.tx.Rollback())
	}
	return w.tx.Commit()
}

func (w *work) drop() { _ = w.tx.Rollback() }

func (w *work) count(ctx context.Context) (n int, err error) {
	err = w.tx.QueryRowContext(ctx, "select count(*) from orders").Scan(&n)
	return n, err
}

func cancelOrder(ctx context.Context, db *sql.DB, id int) error {
	w, err := startWork(ctx, db, "cancel") // want "rows-not-closed: `w.tx` is not finished on every way out: at the return on line 45 `startWork`"
	if err != nil {
		return err
	}
	n, err := w.count(ctx)
	if n == 0 {
		return nil
	}
	if err != nil {
		return w.finish(fmt.Errorf("order %d: %w", id, err))
	}
	return w.finish(nil)
}

func peekOrders(ctx context.Context, db *sql.DB) (int, error) {
	w, err := startWork(ctx, db, "peek") // want "`w.tx` is not finished"
	if err != nil {
		return 0, err
	}
	return w.count(ctx)
}

// The struct is made first, and filled then.
type listing struct {
	rows *sql.Rows
	seen int
}

func openListing(db *sql.DB) (*listing, error) {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return nil, err
	}
	l := &listing{}
	l.rows = rows
	return l, nil
}

func (l *listing) next() (id int, err error) {
	if !l.rows.Next() {
		return 0, l.rows.Err()
	}
	l.seen++
	err = l.rows.Scan(&id)
	return id, err
}

func (l *listing) stop() error { return l.rows.Close() }

func firstOrder(db *sql.DB) (int, error) {
	l, err := openListing(db) // want "`l.rows` is not finished"
	if err != nil {
		return 0, err
	}
	id, err := l.next()
	if err != nil {
		return 0, err
	}
	return id, l.stop()
}

func finishedOrder(ctx context.Context, db *sql.DB) (n int, err error) {
	w, err := startWork(ctx, db, "finished")
	if err != nil {
		return 0, err
	}
	defer w.drop()
	n, err = w.count(ctx)
	if err != nil || n == 0 {
		return 0, err
	}
	return n, w.finish(nil)
}

// It goes to somebody who may finish it.
func handedWork(ctx context.Context, db *sql.DB, queue chan<- *work) error {
	w, err := startWork(ctx, db, "handed")
	if err != nil {
		return err
	}
	queue <- w
	return nil
}

func registeredWork(ctx context.Context, db *sql.DB, atEnd func(func())) (int, error) {
	w, err := startWork(ctx, db, "registered")
	if err != nil {
		return 0, err
	}
	atEnd(w.drop)
	return w.count(ctx)
}

// The transaction itself is ended here.
func direct(ctx context.Context, db *sql.DB) error {
	w, err := startWork(ctx, db, "direct")
	if err != nil {
		return err
	}
	if _, err := w.count(ctx); err != nil {
		_ = w.tx.Rollback()
		return err
	}
	return w.tx.Commit()
}

// Two fields have it, and what ends which is not followed.
type shared struct {
	first, second *sql.Tx
}

func startShared(db *sql.DB) (*shared, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return &shared{first: tx, second: tx}, nil
}

func (s *shared) end() error { return s.second.Commit() }

func useShared(db *sql.DB) (string, error) {
	s, err := startShared(db)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(s.first != nil), nil
}

// It may be that of somebody else, who ends it.
type borrowed struct{ tx *sql.Tx }

func withinTx(db *sql.DB, outer *sql.Tx) (*borrowed, error) {
	if outer != nil {
		return &borrowed{tx: outer}, nil
	}
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return &borrowed{tx: tx}, nil
}

func useBorrowed(db *sql.DB, outer *sql.Tx) (string, error) {
	b, err := withinTx(db, outer)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(b.tx != nil), nil
}

// What it is says what is to be done with it: no other kinds are made.
type errand struct {
	tx   *sql.Tx
	kind int
}

func startErrand(db *sql.DB, kind int) (*errand, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return &errand{tx: tx, kind: kind}, nil
}

func runErrand(db *sql.DB, kind int) error {
	e, err := startErrand(db, kind)
	if err != nil {
		return err
	}
	switch e.kind {
	case 1:
		return e.tx.Commit()
	case 2:
		return e.tx.Rollback()
	}
	return nil
}
