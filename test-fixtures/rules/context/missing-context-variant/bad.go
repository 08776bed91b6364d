package missingcontextvariant

import (
	"context"
	"crypto/tls"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/exec"
	"time"
)

const columns = "id, name"

func forgotten(ctx context.Context, db *sql.DB) (n int, err error) {
	if err := db.PingContext(ctx); err != nil {
		return 0, err
	}
	err = db.QueryRow("SELECT count(*) FROM users").Scan(&n) // want "missing-context-variant: `db.QueryRow` knows nothing of `ctx`"
	return n, err
}

func list(ctx context.Context, db *sql.DB, where string) ([]string, error) {
	rows, err := db.Query("SELECT " + columns + " FROM users WHERE " + where) // want hint "missing-context-variant: `db.Query` knows nothing of `ctx`: when that is cancelled or its deadline passes, this call goes on waiting"
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var id int
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func move(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	tx, err := db.Begin() // want hint "`db.Begin` knows nothing of `r.Context\\(\\)`"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM a WHERE id = ?", r.FormValue("id")); err != nil { // want hint "`tx.Exec` knows nothing of"
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	tx.Commit()
}

// The derived context is the nearer one.
func ping(parent context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	if _, err := db.ExecContext(ctx, "SELECT 1"); err != nil {
		return err
	}
	return db.Ping() // want "`db.Ping` knows nothing of `ctx`"
}

func fetch(ctx context.Context, url string) ([]byte, error) {
	resp, err := http.Get(url) // want hint "`http.Get` knows nothing of `ctx`.*; `http.NewRequestWithContext` would end"
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func post(ctx context.Context, client *http.Client, url string, body io.Reader) error {
	req, err := http.NewRequest(http.MethodPost, url, body) // want hint "the request of `http.NewRequest` knows nothing of `ctx`"
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "text/plain")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func exists(ctx context.Context, client *http.Client, url string) bool {
	resp, err := client.Head(url) // want hint "`client.Head` knows nothing of `ctx`"
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func revision(ctx context.Context, dir string) (string, error) {
	cmd := exec.Command("git", "rev-parse", "HEAD") // want hint "the process of `exec.Command` knows nothing of `ctx`"
	cmd.Dir = dir
	out, err := cmd.Output()
	return string(out), err
}

func compress(ctx context.Context, name string) error {
	return exec.Command("gzip", name).Run() // want hint "`exec.Command` knows nothing of `ctx`"
}

func greet(ctx context.Context, addr string) error {
	conn, err := net.Dial("tcp", addr) // want hint "`net.Dial` knows nothing of `ctx`.*`net.Dialer.DialContext` would end"
	if err != nil {
		return err
	}
	return conn.Close()
}

func greetSoon(ctx context.Context, addr string, timeout time.Duration) error {
	conn, err := net.DialTimeout("tcp", addr, timeout) // want hint "`net.DialTimeout` knows nothing of `ctx`"
	if err != nil {
		return err
	}
	return conn.Close()
}

func addresses(ctx context.Context, host string) ([]string, []net.IP, error) {
	names, err := net.LookupHost(host) // want hint "`net.LookupHost` knows nothing of `ctx`"
	if err != nil {
		return nil, nil, err
	}
	ips, err := net.LookupIP(host) // want hint "`net.LookupIP` knows nothing of `ctx`"
	return names, ips, err
}

func shake(ctx context.Context, conn *tls.Conn) error {
	return conn.Handshake() // want hint "`conn.Handshake` knows nothing of `ctx`"
}

func logs(ctx context.Context, n int) {
	slog.InfoContext(ctx, "started")
	slog.Info("done", "n", n) // want hint "`slog.Info` logs without `ctx`"
}
