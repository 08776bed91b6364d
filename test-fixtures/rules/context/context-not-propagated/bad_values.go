package contextnotpropagated

import (
	"context"

	"example.com/rules/context/context-not-propagated/log"
)

// What it derives goes to code that may wait.
func (b *board) reserve(ctx context.Context, inv inventory, line string) error {
	tagged := context.WithValue(ctx, batchKey{}, line)
	return inv.Reserve(tagged, line)
}

func (b *board) reserveShown(ctx context.Context, inv inventory) error {
	err := b.reserve(context.Background(), inv, "shown") // want "context-not-propagated: `b.reserve` runs under `context.Background\\(\\)`"
	return firstOf(err, inv.Reserve(ctx, "shown"))
}

func firstOf(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// It does not only carry values: the wait below ends with it.
func (b *board) wait(ctx context.Context) {
	if ctx.Value(batchKey{}) != nil {
		return
	}
	select {
	case <-b.lines:
	case <-ctx.Done():
	}
}

func (b *board) waitShown(ctx context.Context, inv inventory) error {
	b.wait(context.Background()) // want "context-not-propagated: `b.wait` runs under `context.Background\\(\\)`"
	return inv.Reserve(ctx, "shown")
}

// A package of that name may do more than log.
func replayed(ctx context.Context, lines chan<- string, inv inventory) error {
	err := log.Replay(context.Background(), lines) // want "context-not-propagated: `log.Replay` runs under `context.Background\\(\\)`"
	return firstOf(err, inv.Reserve(ctx, "replayed"))
}

// The error of a result is not a line of a log.
type answer struct{ err error }

func (a answer) Error() string { return a.err.Error() }

type asker interface {
	Ask(ctx context.Context) answer
}

func askTwice(ctx context.Context, a asker, inv inventory) string {
	if inv.Reserve(ctx, "ask") == nil {
		return ""
	}
	return a.Ask(context.Background()).Error() // want "context-not-propagated: `a.Ask` runs under `context.Background\\(\\)`"
}

// What an audit log records may have to wait for a disk.
type recordLogger interface {
	Record(ctx context.Context, what string) error
}

func audit(ctx context.Context, l recordLogger, inv inventory) error {
	err := l.Record(context.Background(), "reserve") // want "context-not-propagated: `l.Record` runs under `context.Background\\(\\)`"
	return firstOf(err, inv.Reserve(ctx, "audited"))
}
