package handlerwithoutdeadline

import (
	"context"
	"database/sql"
	"net/http"
)

// Another context, with limits of its own.
func other(ctx context.Context, db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { db.PingContext(ctx) }
}

func detached(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		db.PingContext(context.WithoutCancel(r.Context()))
	}
}

// Not a handler.
func ping(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

func valuesOnly(w http.ResponseWriter, r *http.Request) {
	if r.Context().Err() != nil {
		w.WriteHeader(http.StatusNoContent)
	}
}

func assigned(db *sql.DB, limited func(context.Context) context.Context) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		ctx = limited(ctx)
		db.PingContext(ctx)
	}
}

func derived(db *sql.DB, limited func(context.Context) context.Context) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { db.PingContext(limited(r.Context())) }
}
