package handlerwithoutdeadline

import (
	"database/sql"
	"net"
	"net/http"
)

type app struct{ db *sql.DB }

func health(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil { // want "handler-without-deadline: `db.PingContext` waits under `r.Context\\(\\)`, which has no deadline"
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}
}

func (a *app) delete(w http.ResponseWriter, r *http.Request) {
	_, err := a.db.ExecContext(r.Context(), "DELETE FROM items") // want "handler-without-deadline: "
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (a *app) named(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	rows, err := a.db.QueryContext(ctx, "SELECT 1") // want "handler-without-deadline: .*`ctx`"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	tx, err := a.db.BeginTx(r.Context(), nil) // want "handler-without-deadline: "
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer tx.Rollback()
}

func dial(w http.ResponseWriter, r *http.Request) {
	var d net.Dialer
	c, err := d.DialContext(r.Context(), "tcp", "backend:80") // want "handler-without-deadline: "
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	c.Close()
}

func register(mux *http.ServeMux, db *sql.DB) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		db.ExecContext(r.Context(), "UPDATE visits SET n = n + 1") // want "handler-without-deadline: "
	})
}
