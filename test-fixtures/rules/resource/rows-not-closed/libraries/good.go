package libraries

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
)

func allByGorm(db *gorm.DB, handle func(user)) error {
	rows, err := db.Model(&user{}).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var u user
		if err := db.ScanRows(rows, &u); err != nil {
			return err
		}
		handle(u)
	}
	return rows.Err()
}

// Rows read to their end are closed.
func countByGorm(db *gorm.DB) (n int, err error) {
	rows, err := db.Table("users").Rows()
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// These read and close by themselves.
func others(db *gorm.DB, to any) error {
	if err := db.Row().Scan(to); err != nil {
		return err
	}
	return db.Transaction(func(tx *gorm.DB) error { return tx.Find(to).Error })
}

func collected(ctx context.Context, pool *pgxpool.Pool) ([]string, error) {
	rows, err := pool.Query(ctx, "select name from users")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
