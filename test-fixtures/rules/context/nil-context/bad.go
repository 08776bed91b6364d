package nilcontext

import (
	"context"
	"database/sql"
	"net/http"
	"os/exec"
	"time"
)

type store interface {
	Load(ctx context.Context, key string) (string, error)
}

// A context is at hand and simply not passed.
func loadProfile(ctx context.Context, s store, id string) (string, error) {
	return s.Load(nil, "profile/"+id) // want "nil-context: `s.Load` gets nil as its context"
}

// A handler has the context of its request.
func showProfile(s store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.Load(nil, r.PathValue("id")) // want "nil-context: `s.Load` gets nil"
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		w.Write([]byte(v))
	}
}

// A derived context in scope is nearer than the parameter.
func refresh(parent context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	_, err := db.ExecContext(nil, "REFRESH MATERIALIZED VIEW totals") // want "nil-context: `db.ExecContext` gets nil"
	if err != nil {
		return err
	}
	return ctx.Err()
}

// No context anywhere: TODO says so.
func version() ([]byte, error) {
	return exec.CommandContext(nil, "git", "describe").Output() // want "nil-context: `exec.CommandContext` gets nil"
}

// A nil parent panics at once.
func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(nil, time.Second) // want "nil-context: `context.WithTimeout` panics because its parent context is nil"
}

// A function of this package that dereferences what it gets.
func await(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func drain(done <-chan struct{}) error {
	return await(nil, done) // want "nil-context: `await` gets nil"
}
