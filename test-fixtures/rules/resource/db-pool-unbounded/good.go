package dbpoolunbounded

import "database/sql"

// Callers may set limits.
func Open(dsn string) (*sql.DB, error) { return sql.Open("postgres", dsn) }

func OpenAndPing(dsn string) (*sql.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}

// A database in a file.
func openFile(name string) (*store, error) {
	db, err := sql.Open("sqlite3", name)
	if err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

type Public struct{ DB *sql.DB }

func NewPublic(dsn string) (*Public, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return &Public{DB: db}, nil
}

func (p *Public) reopen(dsn string) (err error) {
	p.DB, err = sql.Open("postgres", dsn)
	return err
}

// Code that is not seen may set limits.
func configured(dsn string, configure func(*sql.DB)) (*store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	configure(db)
	return &store{db: db}, nil
}

type command struct {
	Use string
	Run func(args []string) error
}

var ping = command{
	Use: "ping DSN",
	Run: func(args []string) error {
		db, err := sql.Open("postgres", args[0])
		if err != nil {
			return err
		}
		defer db.Close()
		return db.Ping()
	},
}

// A few queries, and the pool is gone.
func pingOnce(dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

type storage struct{ db *sql.DB }

// Whoever names the kind of database knows what it can take.
func openStorage(kind, dsn string) (*storage, error) {
	db, err := sql.Open(kind, dsn)
	if err != nil {
		return nil, err
	}
	return &storage{db}, nil
}

// One query after the other, never two at a time.
func printNames(dsn string, print func(string)) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		print(name)
	}
	return rows.Err()
}
