package contextnotpropagated

import (
	"context"
	"database/sql"
	"log/slog"
	"time"
)

type stock struct {
	db   *sql.DB
	refs []func()
}

// In a goroutine, deferred, at the end, on purpose, where an error is handled, by one that gets nothing but a root context.
func (s *stock) Load(ctx context.Context) error {
	go s.refresh()
	defer s.forget()
	s.refs = append(s.refs, s.count)
	s.closeAll()
	if err := s.db.PingContext(ctx); err != nil {
		s.note(err)
		return err
	}
	// The audit trail must be complete, so its context is independent of the request.
	s.audit()
	s.logged()
	return nil
}

func (s *stock) refresh()  { s.exec(s.db.ExecContext(context.Background(), "REFRESH")) }
func (s *stock) forget()   { s.exec(s.db.ExecContext(context.Background(), "DELETE")) }
func (s *stock) count()    { s.exec(s.db.ExecContext(context.Background(), "COUNT")) }
func (s *stock) closeAll() { s.exec(s.db.ExecContext(context.Background(), "CLOSE")) }
func (s *stock) note(error) {
	s.exec(s.db.ExecContext(context.Background(), "NOTE"))
}
func (s *stock) audit()  { s.exec(s.db.ExecContext(context.Background(), "AUDIT")) }
func (s *stock) logged() { slog.InfoContext(context.Background(), "loaded") }

func (s *stock) exec(sql.Result, error) {}

// Others may call it, who have no context.
func (s *stock) Vacuum() { s.exec(s.db.ExecContext(context.Background(), "VACUUM")) }

func (s *stock) Tidy(ctx context.Context) {
	s.Vacuum()
}

func nightly(s *stock) {
	weekly(context.Background(), s)
}

func weekly(ctx context.Context, s *stock) { s.compact() }

func (s *stock) compact() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	s.exec(s.db.ExecContext(ctx, "COMPACT"))
}

// The code runs in a goroutine of its own.
func (s *stock) Warm(ctx context.Context) { s.warm() }

func (s *stock) warm() {
	go func() {
		s.exec(s.db.ExecContext(context.Background(), "WARM"))
	}()
}
