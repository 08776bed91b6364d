package rowsnotclosed

import (
	"context"
	"database/sql"
	"fmt"
)

func closed(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM items")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return scan(rows)
}

func scan(rows *sql.Rows) (ids []int, err error) {
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Rows that are read to the end close themselves.
func all(db *sql.DB) (sum int, err error) {
	rows, err := db.Query("SELECT amount FROM payments")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		var amount int
		if rows.Scan(&amount) == nil {
			sum += amount
		}
	}
	return sum, rows.Err()
}

// Rolled back in a deferred function, on error or panic.
func inTx(db *sql.DB, work func(*sql.Tx) error) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if _, err = tx.Exec("SET LOCAL statement_timeout = 1000"); err != nil {
		return err
	}
	return tx.Commit()
}

// A rollback after Commit is harmless.
func deferred(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM carts"); err != nil {
		return err
	}
	return tx.Commit()
}

// Rows and statements of a transaction end with it.
func withinTx(tx *sql.Tx) (n int, err error) {
	stmt, err := tx.Prepare("SELECT count(*) FROM carts")
	if err != nil {
		return 0, err
	}
	rows, err := tx.Query("SELECT 1")
	if err != nil {
		return 0, err
	}
	rows.Next()
	return n, stmt.QueryRow().Scan(&n)
}

// Finished by a helper.
func finish(tx *sql.Tx, err *error) {
	if *err != nil {
		tx.Rollback()
		return
	}
	*err = tx.Commit()
}

func viaHelper(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer finish(tx, &err)
	_, err = tx.Exec("DELETE FROM sessions")
	return err
}

// Kept by a value that closes it later.
type cache struct{ get *sql.Stmt }

func newCache(db *sql.DB) (*cache, error) {
	stmt, err := db.Prepare("SELECT value FROM cache WHERE key = $1")
	if err != nil {
		return nil, err
	}
	return &cache{get: stmt}, nil
}

// Returned to the caller, the iterator's owner.
func open(db *sql.DB) (*sql.Rows, error) {
	return db.Query("SELECT id FROM items")
}

// A single row needs no Close.
func one(db *sql.DB) (n int, err error) {
	err = db.QueryRow("SELECT 1").Scan(&n)
	return n, err
}

// Passed to a function that is not visible.
func each(db *sql.DB, visit func(*sql.Rows) error) error {
	rows, err := db.Query("SELECT id FROM items")
	if err != nil {
		return err
	}
	return visit(rows)
}
