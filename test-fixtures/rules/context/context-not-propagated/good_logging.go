package contextnotpropagated

import (
	"context"
	"errors"
	"log/slog"

	"example.com/rules/context/context-not-propagated/log"
)

// A question about levels waits for nothing, nor does what is logged.
type splitHandler struct {
	slog.Handler
	copies *slog.Logger
}

func (h *splitHandler) Handle(ctx context.Context, r slog.Record) error {
	err := h.Handler.Handle(ctx, r)
	if h.copies.Enabled(context.Background(), r.Level) {
		err = errors.Join(err, h.copies.Handler().Handle(context.Background(), r))
	}
	h.copies.InfoContext(context.Background(), "copied")
	return err
}

// A logger that is taken from a context.
func openStore(ctx context.Context, inv inventory, dir string) error {
	log.G(context.Background()).With("dir", dir).Info("opening")
	logger := log.G(context.Background())
	logger.Debug("open")
	return inv.Reserve(ctx, dir)
}

// Taken from a function whose name says nothing of logs.
type logs struct {
	of func(ctx context.Context) *slog.Logger
}

func (l logs) open(ctx context.Context, inv inventory, dir string) error {
	l.of(context.Background()).With("dir", dir).Warn("opening", "dir", dir)
	return inv.Reserve(ctx, dir)
}

// A logger of one's own.
type auditLogger interface {
	Warnf(ctx context.Context, format string, args ...any)
}

func audited(ctx context.Context, a auditLogger, inv inventory) error {
	a.Warnf(context.Background(), "reserve")
	return inv.Reserve(ctx, "audited")
}

// events is told of what happens; what it is, only its own type says.
type events interface {
	Printf(ctx context.Context, format string, args ...any)
}

type relay struct {
	Logger events
}

func (r *relay) forward(ctx context.Context, n int) error {
	if n < 0 {
		r.Logger.Printf(context.Background(), "relay: %d is no message", n)
		return nil
	}
	return r.count(ctx)
}

func (r *relay) count(ctx context.Context) error {
	r.note("counted")
	return ctx.Err()
}

func (r *relay) note(what string) {
	r.Logger.Printf(context.Background(), "relay: %s", what)
}
