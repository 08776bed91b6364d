package missingcontextvariant

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
)

type retrier interface {
	Do(func() error) error
	Schedule(func() error) error
	Notify(func() error)
}

// The error of the literal comes back: it has run by then.
func insertRetried(ctx context.Context, r retrier, db *sql.DB) error {
	return r.Do(func() error {
		_, err := db.Exec("INSERT INTO t VALUES (1)") // want hint "missing-context-variant: `db.Exec` knows nothing of `ctx`"
		return err
	})
}

func check(ctx context.Context, r retrier, url string) error {
	err := r.Do(func() error {
		resp, err := http.Get(url) // want hint "`http.Get` knows nothing of `ctx`"
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return nil
}

// These may run at any time.
func scheduled(ctx context.Context, r retrier, db *sql.DB) error {
	r.Notify(func() error { return db.Ping() })
	_ = r.Do(func() error { return db.Ping() })
	return r.Schedule(func() error { return db.Ping() })
}

// The client has a short name, and its type is in sight.
func forward(mux *http.ServeMux, c *http.Client, target string) {
	mux.HandleFunc("/forward", func(w http.ResponseWriter, r *http.Request) {
		resp, err := c.Get(target) // want hint "`c.Get` knows nothing of `r.Context\\(\\)`"
		if err != nil {
			http.Error(w, "no answer", http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		w.WriteHeader(resp.StatusCode)
	})
}
