package rowsnotclosed

import (
	"context"
	"database/sql"
	"errors"
)

// The return inside the loop keeps the connection.
func names(db *sql.DB) ([]string, error) {
	rows, err := db.Query("SELECT name FROM users") // want "rows-not-closed: `rows` is not finished on every way out: at the return on line \\d+ `db.Query` still holds its connection"
	if err != nil {
		return nil, err
	}
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

// One row is read, the others stay.
func newest(ctx context.Context, db *sql.DB) (id int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM orders ORDER BY created DESC") // want "rows-not-closed: `rows` is not finished"
	if err != nil {
		return 0, err
	}
	if rows.Next() { // want "nobody asks `rows.Err\\(\\)`"
		err = rows.Scan(&id)
	}
	return id, err
}

// Neither committed nor rolled back when the second statement fails.
func transfer(db *sql.DB, from, to, amount int) error {
	tx, err := db.Begin() // want "rows-not-closed: `tx` is not finished on every way out"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE accounts SET balance = balance - $1 WHERE id = $2", amount, from); err != nil {
		tx.Rollback()
		return err
	}
	if _, err := tx.Exec("UPDATE accounts SET balance = balance + $1 WHERE id = $2", amount, to); err != nil {
		return err
	}
	return tx.Commit()
}

// A return between the query and the defer.
func columns(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT * FROM orders") // want "rows-not-closed: `rows` is not finished"
	if err != nil {
		return 0, err
	}
	cols, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	return len(cols), nil
}

// A prepared statement per call.
func insert(db *sql.DB, name string) error {
	stmt, err := db.Prepare("INSERT INTO users (name) VALUES ($1)") // want "rows-not-closed: `stmt` is not closed"
	if err != nil {
		return err
	}
	_, err = stmt.Exec(name)
	return err
}

// A connection taken out of the pool.
func locked(ctx context.Context, db *sql.DB, work func() error) error {
	conn, err := db.Conn(ctx) // want "rows-not-closed: `conn` is not finished"
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(1)"); err != nil {
		return err
	}
	defer conn.Close()
	return work()
}

type repository struct{ db *sql.DB }

func (r *repository) query(where string) (*sql.Rows, error) {
	return r.db.Query("SELECT id FROM items WHERE " + where)
}

// A function of the package hands out open rows.
func (r *repository) any(where string) (bool, error) {
	rows, err := r.query(where) // want "rows-not-closed: `rows` is not finished on every way out: at the return on line \\d+ `r.query` still holds its connection"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil // want "nobody asks `rows.Err\\(\\)`"
}

// The loop breaks off.
func find(db *sql.DB, want int) error {
	rows, err := db.Query("SELECT id FROM items") // want "rows-not-closed: `rows` is not finished"
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil || id == want {
			break
		}
	}
	if err := rows.Err(); err != nil {
		return errors.Join(err, rows.Close())
	}
	return nil
}
