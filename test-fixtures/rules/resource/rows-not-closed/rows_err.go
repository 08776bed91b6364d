package rowsnotclosed

import (
	"context"
	"database/sql"
	"errors"
	"log"
)

// A connection that breaks in the middle ends the loop like the last row does.
func users(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() { // want "rows-not-closed: `rows.Next\\(\\)` returns false at the end of the rows and also when the query fails on the way there, and nobody asks `rows.Err\\(\\)` which it was"
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, nil
}

// Closing tells nothing of it.
func total(db *sql.DB) (sum int, err error) {
	rows, err := db.Query("SELECT amount FROM payments")
	if err != nil {
		return 0, err
	}
	for rows.Next() { // want "nobody asks `rows.Err\\(\\)`"
		var amount int
		if err := rows.Scan(&amount); err != nil {
			rows.Close()
			return 0, err
		}
		sum += amount
	}
	rows.Close()
	return sum, nil
}

// A query that fails looks like a user who does not exist.
func exists(db *sql.DB, id int) (bool, error) {
	rows, err := db.Query("SELECT 1 FROM users WHERE id = $1", id)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() { // want "returns false when there is no row and also when the query fails, and nobody asks `rows.Err\\(\\)`"
		return false, nil
	}
	return true, nil
}

// Rows of a transaction fail in the same way.
func inOrder(tx *sql.Tx) ([]int, error) {
	rows, err := tx.Query("SELECT id FROM orders ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int
	for rows.Next() { // want "nobody asks `rows.Err\\(\\)`"
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// The loop stands alone: nothing is returned behind it.
func printAll(db *sql.DB) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		log.Print(err)
		return
	}
	defer rows.Close()
	for rows.Next() { // want "nobody asks `rows.Err\\(\\)`"
		var name string
		if err := rows.Scan(&name); err != nil {
			log.Print(err)
			continue
		}
		log.Print(name)
	}
}

// Result sets one after the other.
func sets(db *sql.DB) (n int, err error) {
	rows, err := db.Query("CALL report()")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for more := true; more; more = rows.NextResultSet() {
		for rows.Next() { // want "nobody asks `rows.Err\\(\\)`"
			n++
		}
	}
	return n, nil
}

// Asked behind the loop.
func asked(db *sql.DB) ([]string, error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, nil
}

// Asked in a deferred function.
func askedLater(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Err(), rows.Close()) }()
	for rows.Next() {
		n++
	}
	return n, nil
}

// A helper has the rows and may ask.
func helped(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, finished(rows)
}

func finished(rows *sql.Rows) error { return rows.Err() }

// Kept by a value whose owner asks.
type pager struct{ rows *sql.Rows }

func page(db *sql.DB) (*pager, error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	rows.Next()
	return &pager{rows: rows}, nil
}

// The method is passed on.
func later(db *sql.DB, check func(func() error)) error {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	defer check(rows.Err)
	for rows.Next() {
	}
	return nil
}

// No row is asked for: the query is sent for what it does.
func notify(db *sql.DB) error {
	rows, err := db.Query("SELECT pg_notify('jobs', '')")
	if err != nil {
		return err
	}
	return rows.Close()
}

// Its caller gets an error in either case.
func first(db *sql.DB) (id int, err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, errors.New("no users")
	}
	return id, rows.Scan(&id)
}

// Two queries share the variable, and the second is asked.
func twice(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	if rows, err = db.Query("SELECT 2"); err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}
