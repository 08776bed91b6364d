package rowsnotclosed

import (
	"context"
	"database/sql"
	"fmt"
)

// What closes before an error is made is not needed beside the `defer`; what is counted first is.
func firstOver(ctx context.Context, db *sql.DB, limit int, count func() int) (int, error) {
	rows, err := db.QueryContext(ctx, "SELECT n FROM counts") // want "`rows` is not finished on every way out"
	if err != nil {
		return 0, fmt.Errorf("counts: %w", err)
	}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			rows.Close()
			return 0, fmt.Errorf("counts: scan: %w", err)
		}
		if n > limit {
			return n, nil
		}
		if n < 0 {
			rows.Close()
			return count(), nil
		}
	}
	if err := rows.Err(); err != nil {
		rows.Close()
		return 0, err
	}
	rows.Close()
	return 0, nil
}
