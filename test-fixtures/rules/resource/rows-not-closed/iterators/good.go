package iterators

import "database/sql"

// To the end.
func Total(db *sql.DB, pier string) (int, error) {
	list, err := ListArrivals(db, pier)
	if err != nil {
		return 0, err
	}
	sum := 0
	for list.Next() {
		sum += list.Ship().Length
	}
	return sum, list.Err()
}

// Closed on the way out.
func Has(db *sql.DB, name string) (bool, error) {
	list, err := ListArrivals(db, "2")
	if err != nil {
		return false, err
	}
	defer list.Close()
	for list.Next() {
		if list.Ship().Name == name {
			return true, nil
		}
	}
	return false, list.Err()
}

// Departures holds one answer at most: whatever Next returns, it has closed the rows.
type Departures struct {
	rows *sql.Rows
	name string
}

func ListDepartures(db *sql.DB) (*Departures, error) {
	rows, err := db.Query("SELECT name FROM departures LIMIT 1")
	if err != nil {
		return nil, err
	}
	return &Departures{rows: rows}, nil
}

func (d *Departures) Next() bool {
	ok := d.rows.Next() && d.rows.Scan(&d.name) == nil
	d.rows.Close()
	return ok
}

func Departed(db *sql.DB) (string, error) {
	d, err := ListDepartures(db)
	if err != nil {
		return "", err
	}
	if d.Next() {
		return d.name, nil
	}
	return "", errNoBerth
}

// Tugs are read ahead: the last one is given when the rows are closed already.
type Tugs struct {
	rows *sql.Rows
	name string
	left bool
}

func ListTugs(db *sql.DB) (*Tugs, error) {
	rows, err := db.Query("SELECT name FROM tugs")
	if err != nil {
		return nil, err
	}
	return &Tugs{rows: rows}, nil
}

func (t *Tugs) Next() bool {
	if !t.rows.Next() {
		t.rows.Close()
		return t.left
	}
	return t.rows.Scan(&t.name) == nil
}

func Tug(db *sql.DB) (string, error) {
	t, err := ListTugs(db)
	if err != nil {
		return "", err
	}
	for t.Next() {
		if t.name != "" {
			return t.name, nil
		}
	}
	return "", errNoBerth
}
