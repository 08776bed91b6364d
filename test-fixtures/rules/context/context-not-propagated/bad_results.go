package contextnotpropagated

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

type account struct{ id, tenant string }

type bank interface {
	Load(ctx context.Context, id string) (account, error)
	Debit(ctx context.Context, a account, cents int) error
	Limit(ctx context.Context, a account) (int, error)
}

// What the first step has found under the context is no reason to do the second without.
func withdraw(ctx context.Context, b bank, id string, cents int) error {
	a, err := b.Load(ctx, id)
	if err != nil {
		return fmt.Errorf("load %s: %w", id, err)
	}
	return b.Debit(context.Background(), a, cents) // want "`b.Debit` runs under `context.Background\\(\\)` although `ctx` is at hand"
}

func limited(b bank) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a, err := b.Load(r.Context(), r.PathValue("account"))
			if err != nil {
				http.Error(w, "no such account", http.StatusNotFound)
				return
			}
			switch left, err := b.Limit(context.TODO(), a); { // want "`b.Limit` runs under `context.TODO\\(\\)` although `r.Context\\(\\)` is at hand"
			case err != nil:
				http.Error(w, "try again", http.StatusServiceUnavailable)
			case left <= 0:
				http.Error(w, "nothing left", http.StatusForbidden)
			default:
				next.ServeHTTP(w, r)
			}
		})
	}
}

type tenantKey struct{}

var errTenant = errors.New("no tenant")

func tenant(ctx context.Context, fallback string) (string, error) {
	if t, ok := ctx.Value(tenantKey{}).(string); ok {
		return t, nil
	}
	if fallback == "" {
		return "", errTenant
	}
	return fallback, nil
}

// It takes along the values that it wants to keep, and no end.
func checkedTwice(ctx context.Context, b bank, a account) error {
	who, err := tenant(ctx, a.tenant)
	if err != nil {
		return err
	}
	return b.Debit(context.WithValue(context.Background(), tenantKey{}, who), a, 1)
}

type tracer interface {
	Start(ctx context.Context, name string) (context.Context, error)
	Link(ctx context.Context, to context.Context) error
}

// The other context comes along.
func linked(ctx context.Context, t tracer) error {
	started, err := t.Start(ctx, "linked")
	if err != nil {
		return err
	}
	return t.Link(context.Background(), started)
}
