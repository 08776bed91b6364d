package resourcenotclosed

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"net"
	"os"
	"strings"
)

type beacon struct {
	name string
	ln   net.Listener
	out  *bufio.Writer
	done chan struct{}
}

func (r *beacon) announce() error {
	if r.name == "" {
		return errors.New("no name")
	}
	_, err := r.out.WriteString(r.ln.Addr().String())
	return err
}

func (r *beacon) Close() error {
	close(r.done)
	return r.ln.Close()
}

// The struct that has it is dropped.
func newBeacon(name, addr string, w io.Writer) (*beacon, error) {
	ln, err := net.Listen("tcp", addr) // want "`ln` is not closed on every way out: after the return on line 41"
	if err != nil {
		return nil, err
	}
	r := &beacon{name: name, ln: ln, out: bufio.NewWriter(w), done: make(chan struct{})}
	if err := r.announce(); err != nil {
		return nil, err
	}
	return r, nil
}

// It gets it later.
func joinBeacon(name string, addr string, w io.Writer) (*beacon, error) {
	r := &beacon{name: name, out: bufio.NewWriter(w)}
	ln, err := net.Listen("tcp", addr) // want "`ln` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	r.ln = ln
	if err := r.announce(); err != nil {
		return nil, err
	}
	return r, nil
}

type archive struct {
	io.Reader
	file *os.File
}

// The reader around it goes out on one way, and is dropped on another.
func openArchive(name string) (*archive, error) {
	f, err := os.Open(name) // want "`f` is not closed on every way out: after the return on line 77"
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReader(f)
	if !strings.HasSuffix(name, ".gz") {
		return &archive{Reader: buffered, file: f}, nil
	}
	zr, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, err
	}
	return &archive{Reader: zr, file: f}, nil
}
