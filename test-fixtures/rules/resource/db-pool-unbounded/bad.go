package dbpoolunbounded

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

type store struct{ db *sql.DB }

func newStore(dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn) // want "db-pool-unbounded: nothing limits the pool of `sql.Open`"
	if err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

func Serve(ctx context.Context, dsn string, queries <-chan string) error {
	db, err := sql.Open("mysql", dsn) // want "db-pool-unbounded: "
	if err != nil {
		return err
	}
	s := &store{db: db}
	for query := range queries {
		if _, err := s.db.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

func fromConnector(c driver.Connector) *store {
	db := sql.OpenDB(c) // want "db-pool-unbounded: .*`sql.OpenDB`"
	return &store{db: db}
}

func open(dsn string) (*sql.DB, error) {
	return sql.Open("pgx", dsn) // want "db-pool-unbounded: "
}

var shared *sql.DB

func setUp(dsn string) (err error) {
	shared, err = sql.Open("postgres", dsn) // want "db-pool-unbounded: "
	return err
}

func (s *store) reopen(dsn string) error {
	db, err := sql.Open("postgres", dsn) // want "db-pool-unbounded: "
	if err != nil {
		return err
	}
	s.db = db
	return check(db)
}

func check(db *sql.DB) error { return db.Ping() }
