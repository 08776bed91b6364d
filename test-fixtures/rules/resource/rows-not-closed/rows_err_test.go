package rowsnotclosed

import (
	"database/sql"
	"testing"
)

func countRows(t *testing.T, db *sql.DB) (n int) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() { // want "nobody asks `rows.Err\\(\\)`"
		n++
	}
	return n
}

// The test fails in either case.
func firstRow(t *testing.T, db *sql.DB) (n int) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
	} else {
		t.Error("no row")
	}
	return n
}
