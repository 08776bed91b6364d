package resourcenotclosed

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/trace"
	"time"
)

func ask(addr string, question []byte) (string, error) {
	conn, err := net.DialTimeout("tcp", addr, time.Second) // want "resource-not-closed: `conn` is not closed on every way out: after the return on line 24 what `net.DialTimeout` opened stays open"
	if err != nil {
		return "", err
	}
	if _, err := conn.Write(question); err != nil {
		return "", err
	}
	answer := make([]byte, 512)
	n, err := conn.Read(answer)
	conn.Close()
	return string(answer[:n]), err
}

func listenOn(path string, serve func(net.Listener) error) error {
	l, err := net.Listen("unix", path) // want "`l` is not closed on every way out"
	if err != nil {
		return err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	return serve(l)
}

func acceptAll(l net.Listener, banned func(net.Addr) bool) error {
	for {
		conn, err := l.Accept() // want "`conn` is not closed before `l.Accept` runs again"
		if err != nil {
			return err
		}
		if banned(conn.RemoteAddr()) {
			continue
		}
		go handle(conn)
	}
}

func handle(conn net.Conn) { conn.Close() }

func probe(addr string) error {
	_, err := net.Dial("tcp", addr) // want "the result of `net.Dial` is dropped"
	return err
}

func firstBytes(name string) []byte {
	f, err := os.Open(name) // want "`f` is not closed on every way out: after the return on line 70 the file that `os.Open` opened keeps its descriptor"
	if err != nil {
		return nil
	}
	head := make([]byte, 16)
	if _, err := io.ReadFull(f, head); err != nil {
		return nil
	}
	f.Close()
	return head
}

func size(name string) (int64, error) {
	f, err := os.Open(name) // want "`f` is not closed on every way out"
	if err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	f.Close()
	return info.Size(), nil
}

func pack(data []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out) // want "`w` is not closed on every way out: after the return on line \\d+ what was written to the writer of `gzip.NewWriter` may be lost"
	w.Write(data)
	return out.Bytes()
}

func entries(name string) int {
	r, err := zip.OpenReader(name) // want "`r` is not closed on every way out"
	if err != nil {
		return 0
	}
	if len(r.File) == 0 {
		return 0
	}
	defer r.Close()
	return len(r.File)
}

func pipe(use func() error) error {
	r, w, err := os.Pipe() // want "`r` is not closed on every way out" "`w` is not closed on every way out"
	if err != nil {
		return err
	}
	if err := use(); err != nil {
		return nil
	}
	r.Close()
	w.Close()
	return nil
}

func connect(address string) (*sql.DB, error) {
	db, err := sql.Open("postgres", address) // want "`db` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, nil
}

func traced(ctx context.Context, work func() bool) error {
	region := trace.StartRegion(ctx, "work") // want "`region` is not ended on every way out"
	if !work() {
		return errors.New("no work")
	}
	region.End()
	return nil
}

func hijack(w http.ResponseWriter, h http.Hijacker) {
	conn, _, err := h.Hijack() // want "`conn` is not closed on every way out"
	if err != nil {
		return
	}
	if _, err := conn.Write([]byte("hi")); err != nil {
		return
	}
	conn.Close()
}

// Left open where an error is returned, and where all went well as well: the second is what counts.
func firstLine(name string) (string, error) {
	f, err := os.Open(name) // want "`f` is not closed on every way out: after the return on line 163"
	if err != nil {
		return "", err
	}
	line := make([]byte, 80)
	n, err := f.Read(line)
	if err != nil {
		return "", err
	}
	return string(line[:n]), nil
}

func anyOf(addrs []string, fits func(net.Addr) bool) bool {
	for _, addr := range addrs {
		conn, err := net.Dial("tcp", addr) // want "`conn` is not closed before `net.Dial` runs again"
		if err != nil {
			continue
		}
		if !fits(conn.RemoteAddr()) {
			continue
		}
		conn.Close()
		return true
	}
	return false
}

// What is in the buffer is read before the return: it would be too late there.
func packed(data []byte, send func([]byte) error) error {
	var out bytes.Buffer
	w := gzip.NewWriter(&out) // want "`w` is not closed on every way out"
	if _, err := w.Write(data); err != nil {
		return err
	}
	err := send(out.Bytes())
	return err
}

func packedText(text string) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out) // want "`w` is not closed on every way out"
	if _, err := w.Write([]byte(text)); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
