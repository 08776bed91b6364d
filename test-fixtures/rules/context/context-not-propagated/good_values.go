package contextnotpropagated

import (
	"context"
	"fmt"

	"example.com/rules/context/context-not-propagated/log"
)

type batchKey struct{}

type board struct{ lines chan string }

// Only what the context carries is looked at.
func (b *board) post(ctx context.Context, line string) {
	if b.isBatch(ctx) {
		line += "…"
	}
	log.G(ctx).Info("post", "line", line)
	b.put(context.WithValue(ctx, batchKey{}, true), line)
}

func (b *board) isBatch(ctx context.Context) bool { return ctx.Value(batchKey{}) != nil }

func (b *board) put(ctx context.Context, line string) {
	tagged := context.WithValue(ctx, batchKey{}, line)
	b.lines <- fmt.Sprint(line, tagged.Value(batchKey{}))
}

func (b *board) show(ctx context.Context, inv inventory) error {
	b.post(context.Background(), "shown")
	return inv.Reserve(ctx, "shown")
}
