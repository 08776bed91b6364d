package missingcontextvariant

import (
	"context"
	"database/sql"
	"log"
)

// Its methods are those of the pool.
type shelf struct {
	*sql.DB
	name string
}

func (p *shelf) tables(ctx context.Context) (*sql.Rows, error) {
	return p.QueryContext(ctx, "SELECT name FROM tables WHERE owner = ?", p.name)
}

// A look at the context before does not end what comes after.
func (p *shelf) views(ctx context.Context) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return p.Query("SELECT name FROM views WHERE owner = ?", p.name) // want "missing-context-variant: `p.Query` knows nothing of `ctx`"
}

// No other function has a row of it with a context.
func (p *shelf) size(ctx context.Context) (n int, err error) {
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	err = p.QueryRow("SELECT count(*) FROM tables").Scan(&n) // want hint "`p.QueryRow` knows nothing of `ctx`"
	return n, err
}

type journal struct {
	db, old *sql.DB
}

func (j journal) write(ctx context.Context, line string) error {
	_, err := j.db.ExecContext(ctx, "INSERT INTO journal VALUES (?)", line)
	return err
}

func (j journal) clear(ctx context.Context) error {
	if _, err := j.old.Exec("DELETE FROM old"); err != nil { // want hint "`j.old.Exec` knows nothing of `ctx`"
		return err
	}
	_, err := j.db.Exec("DELETE FROM journal") // want "`j.db.Exec` knows nothing of `ctx`"
	return err
}

// What is done although the context is over.
func (j journal) note(ctx context.Context, line string) {
	if err := ctx.Err(); err == nil {
		return
	}
	if _, err := j.db.Exec("INSERT INTO missed VALUES (?)", line); err != nil {
		log.Print(err)
	}
}

func (j journal) lastWords(ctx context.Context, work func(context.Context) error) error {
	err := work(ctx)
	if over := ctx.Err(); over != nil {
		err = over
		log.Print(err)
	}
	_, _ = j.db.Exec("INSERT INTO journal VALUES (?)", "over")
	return err
}
