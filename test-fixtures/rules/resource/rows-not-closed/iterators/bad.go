package iterators

import (
	"database/sql"
	"errors"
)

var errNoBerth = errors.New("no berth")

// A ship as the harbour knows it.
type Ship struct {
	Name   string
	Length int
}

// Arrivals goes over ships, and is closed at the last one.
type Arrivals struct {
	rows *sql.Rows
	ship Ship
	err  error
}

func ListArrivals(db *sql.DB, pier string) (*Arrivals, error) {
	rows, err := db.Query("SELECT name, length FROM arrivals WHERE pier = ?", pier)
	if err != nil {
		return nil, err
	}
	return &Arrivals{rows: rows}, nil
}

func (a *Arrivals) Next() bool {
	if !a.rows.Next() {
		a.err = a.rows.Err()
		a.rows.Close()
		return false
	}
	if a.err = a.rows.Scan(&a.ship.Name, &a.ship.Length); a.err != nil {
		a.rows.Close()
		return false
	}
	return true
}

func (a *Arrivals) Ship() Ship   { return a.ship }
func (a *Arrivals) Err() error   { return a.err }
func (a *Arrivals) Close() error { return a.rows.Close() }

// The first that is long enough.
func Longer(db *sql.DB, pier string, length int) (Ship, error) {
	list, err := ListArrivals(db, pier) // want "`list.rows` is not finished on every way out"
	if err != nil {
		return Ship{}, err
	}
	for list.Next() {
		if ship := list.Ship(); ship.Length > length {
			return ship, nil
		}
	}
	if err := list.Err(); err != nil {
		return Ship{}, err
	}
	return Ship{}, errNoBerth
}

// The first one only.
func First(db *sql.DB) (string, error) {
	list, err := ListArrivals(db, "1") // want "`list.rows` is not finished on every way out"
	if err != nil {
		return "", err
	}
	if !list.Next() {
		return "", list.Err()
	}
	return list.Ship().Name, nil
}
