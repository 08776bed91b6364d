package missingcontextvariant

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"time"
)

type api struct {
	client *http.Client
	db     *sql.DB
	base   string
}

// No context at hand.
func (a *api) count() (n int, err error) {
	err = a.db.QueryRow("SELECT count(*) FROM users").Scan(&n)
	return n, err
}

// The variants.
func (a *api) countFor(ctx context.Context) (n int, err error) {
	err = a.db.QueryRowContext(ctx, "SELECT count(*) FROM users").Scan(&n)
	return n, err
}

// The request gets its context later.
func (a *api) later(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return a.client.Do(req.WithContext(ctx))
}

func (a *api) reassigned(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	return a.client.Do(req)
}

// Somebody else may give it one.
func (a *api) passedOn(ctx context.Context, path string) error {
	req, err := http.NewRequest(http.MethodGet, a.base+path, nil)
	if err != nil {
		return err
	}
	return a.do(ctx, req)
}

func (a *api) do(ctx context.Context, req *http.Request) error {
	resp, err := a.client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (a *api) makes(ctx context.Context, path string) (*http.Request, error) {
	return http.NewRequest(http.MethodGet, a.base+path, nil)
}

// Processes that outlive the call, or are ended by other means.
func start(ctx context.Context, name string) (*exec.Cmd, error) {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return cmd, nil
}

func supervised(ctx context.Context, name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { cmd.Process.Kill() })
	defer stop()
	return cmd.Wait()
}

func runs(ctx context.Context, run func(context.Context, *exec.Cmd) error) error {
	cmd := exec.Command("make")
	return run(ctx, cmd)
}

// In a goroutine, deferred, or later.
func (a *api) elsewhere(ctx context.Context, id int) func() error {
	defer a.db.Exec("DELETE FROM locks WHERE id = ?", id)
	go func() {
		a.db.Exec("UPDATE seen SET n = n + 1 WHERE id = ?", id)
	}()
	return func() error {
		_, err := a.db.Exec("UPDATE left SET n = n + 1 WHERE id = ?", id)
		return err
	}
}

// What follows the end of the context, or a failure.
func (a *api) release(ctx context.Context, id int) error {
	<-ctx.Done()
	_, err := a.db.Exec("DELETE FROM locks WHERE id = ?", id)
	return err
}

func (a *api) failed(ctx context.Context, id int, work func(context.Context) error) error {
	if err := work(ctx); err != nil {
		a.db.Exec("UPDATE jobs SET failed = 1 WHERE id = ?", id)
		return err
	}
	return nil
}

// To listen takes no time.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	return net.Listen("tcp", addr)
}

// A dialer of its own that knows what to do.
type dialer struct{ timeout time.Duration }

func (d dialer) Dial(network, addr string) (net.Conn, error) { return nil, io.EOF }
func (d dialer) Query(q string) string                       { return fmt.Sprint(d.timeout, q) }

func custom(ctx context.Context, d dialer, addr string) error {
	_, err := d.Dial("tcp", d.Query(addr))
	return err
}

// A client has a request, but no context of it that would end.
func send(client *http.Client, req *http.Request, db *sql.DB) error {
	return db.Ping()
}
