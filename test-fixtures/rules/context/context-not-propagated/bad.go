package contextnotpropagated

import (
	"context"
	"database/sql"
	"net/http"
	"sort"
	"time"
)

type inventory interface {
	Reserve(ctx context.Context, sku string) error
	Count(ctx context.Context, sku string) (int, error)
}

// The query goes on after the client has hung up.
func listOrders(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rows, err := db.QueryContext(context.Background(), "SELECT id FROM orders") // want "context-not-propagated: `db.QueryContext` runs under `context.Background\\(\\)` although `r.Context\\(\\)` is at hand"
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer rows.Close()
	}
}

// A timeout does not bring back the caller's cancellation.
func reserve(ctx context.Context, inv inventory, sku string) error {
	limited, cancel := context.WithTimeout(context.Background(), 2*time.Second) // want "context-not-propagated: `context.WithTimeout` derives a context from `context.Background\\(\\)` although `ctx` is at hand"
	defer cancel()
	return inv.Reserve(limited, sku)
}

// TODO was never done.
func total(ctx context.Context, inv inventory, skus []string) (int, error) {
	sum := 0
	for _, sku := range skus {
		n, err := inv.Count(context.TODO(), sku) // want "context-not-propagated: `inv.Count` runs under `context.TODO\\(\\)`"
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, ctx.Err()
}

// An outgoing request of a service that was itself called with a context.
func ping(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodHead, url, nil) // want "context-not-propagated: `http.NewRequestWithContext` runs under"
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A closure that runs here can use the context of the function around it.
func rank(ctx context.Context, inv inventory, skus []string) {
	sort.Slice(skus, func(i, j int) bool {
		a, _ := inv.Count(context.Background(), skus[i]) // want "context-not-propagated: `inv.Count` runs under"
		b, _ := inv.Count(ctx, skus[j])
		return a < b
	})
}

type service struct{ inv inventory }

// A method of a service.
func (s *service) Available(ctx context.Context, sku string) bool {
	n, err := s.inv.Count(context.Background(), sku) // want "context-not-propagated: `s.inv.Count` runs under"
	return err == nil && n > 0
}

// A handler's method, with a deadline of its own.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want "context-not-propagated: `context.WithTimeout` derives a context from `context.Background\\(\\)` although `r.Context\\(\\)` is at hand"
	defer cancel()
	if err := s.inv.Reserve(ctx, r.FormValue("sku")); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
	}
}

// What writes the answer does not hear of a client that leaves.
func (s *service) export(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // want "context-not-propagated: `context.WithTimeout` derives"
	defer cancel()
	s.write(ctx, w)
}

func (s *service) write(ctx context.Context, w http.ResponseWriter) {
	if err := s.inv.Reserve(ctx, "all"); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
	}
}
