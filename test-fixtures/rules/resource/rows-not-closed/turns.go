package rowsnotclosed

import (
	"context"
	"database/sql"
)

// Each turn has rows of its own, and one branch goes on without closing them.
func firstColumns(ctx context.Context, db *sql.DB, tables []string) (names []string, err error) {
	for _, table := range tables {
		rows, err := db.QueryContext(ctx, "SELECT * FROM "+table) // want "`rows` is not finished"
		if err != nil {
			return nil, err
		}
		columns, err := rows.Columns()
		if err != nil || len(columns) == 0 {
			names = append(names, "")
			continue
		}
		names = append(names, columns[0])
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	return names, nil
}
