package nilcontext

import (
	"context"
	"log/slog"
	"net/url"
)

// The function handles nil itself.
func fetch(ctx context.Context, key string) string {
	if ctx == nil {
		ctx = context.Background()
	}
	if ctx.Err() != nil {
		return ""
	}
	return key
}

func cached(key string) string { return fetch(nil, key) }

// It only passes nil on to one that does.
func fetchAll(ctx context.Context, keys []string) {
	for _, k := range keys {
		fetch(ctx, k)
	}
}

func warmUp(keys []string) { fetchAll(nil, keys) }

// The parameter is not looked at.
type memory map[string]string

func (m memory) Load(_ context.Context, key string) (string, error) { return m[key], nil }

func peek(m memory) (string, error) { return m.Load(nil, "greeting") }

// The logger replaces nil by the background context.
func logStart(l *slog.Logger) { l.Log(nil, slog.LevelInfo, "started") }

// nil that is no context.
func endpoint(base *url.URL) *url.URL {
	u := *base
	u.User = nil
	return clone(&u, nil)
}

func clone(u *url.URL, q url.Values) *url.URL {
	c := *u
	c.RawQuery = q.Encode()
	return &c
}

// TODO says what is meant.
func later(s store) (string, error) { return s.Load(context.TODO(), "later") }

// A variable that holds a context.
func passed(ctx context.Context, s store) (string, error) { return s.Load(ctx, "now") }

// Which of the two is built depends on the platform; one does not look at the context.
func banner() string { return platformName(nil) }
