package contextnotpropagated

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

type shop struct {
	db *sql.DB
}

func (s *shop) Price(ctx context.Context, id int) (int, error) {
	if err := s.db.PingContext(ctx); err != nil {
		return 0, err
	}
	return s.readPrice(id)
}

// Its only caller has a context.
func (s *shop) readPrice(id int) (price int, err error) {
	err = s.db.QueryRowContext(context.Background(), "SELECT price FROM items WHERE id = $1", id).Scan(&price) // want hint "context-not-propagated: `s.db.QueryRowContext` runs under `context.Background\\(\\)`, and `Price`, from where it is reached, has `ctx`"
	return price, err
}

// By way of a function between.
func listItems(w http.ResponseWriter, r *http.Request, s *shop) {
	if !s.hasItems() {
		http.Error(w, "nothing", http.StatusNotFound)
	}
}

func (s *shop) hasItems() bool { return s.countItems() > 0 }

func (s *shop) countItems() (n int) {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Minute) // want hint "`context.WithTimeout` derives a context from `context.TODO\\(\\)`, and `listItems`, from where it is reached, has `r.Context\\(\\)`"
	defer cancel()
	_ = s.db.QueryRowContext(ctx, "SELECT count(*) FROM items").Scan(&n)
	return n
}
