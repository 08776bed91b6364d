// Package libraries reads rows through libraries around database/sql.
package libraries

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type user struct{ Name string }

func firstByGorm(db *gorm.DB) (string, error) {
	rows, err := db.Model(&user{}).Where("active").Rows() // want "`rows` is not finished on every way out"
	if err != nil {
		return "", err
	}
	var name string
	if rows.Next() { // want "nobody asks `rows.Err..` which it was"
		err = rows.Scan(&name)
	}
	return name, err
}

func someByGorm(db *gorm.DB, handle func(user) error) error {
	rows, err := db.Raw("select * from users").Rows() // want "`rows` is not finished on every way out"
	if err != nil {
		return err
	}
	for rows.Next() {
		var u user
		if err := db.ScanRows(rows, &u); err != nil {
			return err
		}
		if err := handle(u); err != nil {
			return err
		}
	}
	return rows.Err()
}

func firstBySqlx(ctx context.Context, db *sqlx.DB) (u user, err error) {
	rows, err := db.QueryxContext(ctx, "select * from users") // want "`rows` is not finished on every way out"
	if err != nil {
		return u, err
	}
	if rows.Next() { // want "nobody asks `rows.Err..` which it was"
		err = rows.StructScan(&u)
	}
	return u, err
}

func firstByPgx(ctx context.Context, conn *pgx.Conn) (name string, err error) {
	rows, err := conn.Query(ctx, "select name from users") // want "`rows` is not finished on every way out"
	if err != nil {
		return "", err
	}
	if rows.Next() { // want "nobody asks `rows.Err..` which it was"
		err = rows.Scan(&name)
	}
	return name, err
}

func pinged(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx) // want "`conn` is not finished on every way out"
	if err != nil {
		return err
	}
	return conn.Ping(ctx)
}
