package missingcontextvariant

import (
	"context"
	"database/sql"
	"testing"
)

func insert(ctx context.Context, t *testing.T, db *sql.DB) {
	if _, err := db.Exec("INSERT INTO users VALUES (1)"); err != nil {
		t.Fatal(err)
	}
}

func TestInsert(t *testing.T) {
	insert(t.Context(), t, &sql.DB{})
}
