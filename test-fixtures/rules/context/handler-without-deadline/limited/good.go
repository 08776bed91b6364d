package limited

import (
	"database/sql"
	"net/http"
	"time"
)

func health(db *sql.DB) http.Handler {
	return http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		db.PingContext(r.Context())
	}), time.Second, "too slow")
}
