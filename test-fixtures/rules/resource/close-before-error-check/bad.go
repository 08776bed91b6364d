package closebeforeerrorcheck

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url)
	defer resp.Body.Close() // want "close-before-error-check: `resp` is used here before `err` is checked on line 17: when `http.Get` fails, `resp` is nil"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

func greet(addr string) error {
	conn, err := net.Dial("tcp", addr)
	// The other side wants to be told.
	defer conn.Close() // want "`conn` is used here before `err` is checked"

	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("hello"))
	return err
}

func names(ctx context.Context, db *sql.DB) (all []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	defer func() { // want "`rows` is used here before `err` is checked"
		if cerr := rows.Close(); cerr != nil {
			all = nil
		}
	}()
	if err != nil {
		return nil, err
	}
	return all, rows.Err()
}

func counted(ctx context.Context, db *sql.DB) (n int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	defer func() { // want "`rows` is used here before `err` is checked"
		_ = rows.Close()
	}()
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

type door struct{ locked bool }

func (d *door) shut() { d.locked = true }

func openDoor(key string) (*door, error) {
	if key == "" {
		return nil, errors.New("no key")
	}
	return &door{}, nil
}

func enter(key string) error {
	d, err := openDoor(key)
	defer d.shut() // want "`d` is used here before `err` is checked"
	if err != nil {
		return err
	}
	return nil
}

func eachHost(hosts []string) {
	for _, host := range hosts {
		func() {
			listener, listenErr := net.Listen("tcp", host)
			println("listening on", host)
			defer listener.Close() // want "`listener` is used here before `listenErr` is checked"
			if listenErr != nil {
				return
			}
			serve(listener)
		}()
	}
}

func serve(net.Listener) {}

func size(name string) (int64, error) {
	file, err := os.Open(name)
	defer file.Close() // want hint "`file` is closed here before `err` is checked on line \\d+: .* nothing to close"
	if err != nil {
		return 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func wave(addr string) error {
	conn, err := net.Dial("tcp", addr)

	defer conn.Close() // want "`conn` is used here before `err` is checked"

	if err != nil {
		return err
	}

	_, err = conn.Write([]byte("bye"))
	return err
}

// The error is looked at when it is too late.
func fetchKeepingError(url string, w io.Writer) (err error) {
	resp, err := get(url)
	defer func() { // want "close-before-error-check: "
		if closeErr := resp.Body.Close(); closeErr != nil && err == nil {
			err = closeErr
		}
	}()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, resp.Body)
	return err
}

func get(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, errors.Join(err, errors.New("get"))
	}
	return resp, nil
}

func fetchJoiningErrors(url string, w io.Writer) (err error) {
	resp, err := get(url)
	defer func() { // want "close-before-error-check: "
		err = errors.Join(err, resp.Body.Close())
	}()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, resp.Body)
	return err
}

func fetchThenLog(url string, w io.Writer) error {
	resp, err := get(url)
	defer func() { // want "close-before-error-check: "
		resp.Body.Close()
		if err != nil {
			log.Print(err)
		}
	}()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, resp.Body)
	return err
}
