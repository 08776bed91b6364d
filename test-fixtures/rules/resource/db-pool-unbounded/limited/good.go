package limited

import (
	"database/sql"
	"time"
)

type store struct{ db *sql.DB }

func newStore(dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return limit(&store{db: db}), nil
}

func limit(s *store) *store {
	s.db.SetMaxOpenConns(10)
	s.db.SetConnMaxLifetime(time.Hour)
	return s
}
