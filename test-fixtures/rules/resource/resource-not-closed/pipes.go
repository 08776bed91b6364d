package resourcenotclosed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

var errStopped = errors.New("stopped")

type shelf interface {
	Store(name string, r io.Reader) (int64, error)
}

// The loop over the lines ends before they do.
func firstStop(f *os.File) (int, error) {
	pr, pw := io.Pipe() // want "the goroutine that writes into this pipe may wait for ever: after the return on line 32 nobody reads `pr` any more"
	go func() {
		_, err := io.Copy(pw, f)
		pw.CloseWithError(err)
	}()
	n := 0
	for lines := bufio.NewScanner(pr); lines.Scan(); n++ {
		if lines.Text() == "stop" {
			return n, errStopped
		}
	}
	return n, nil
}

// What is packed has a header that may be wrong.
func unpackLabel(f *os.File) (string, error) {
	pr, pw := io.Pipe() // want "after the return on line 54 nobody reads `pr` any more, and nobody has closed it"
	go func() {
		zw := gzip.NewWriter(pw)
		_, err := io.Copy(zw, f)
		if cerr := zw.Close(); err == nil {
			err = cerr
		}
		pw.CloseWithError(err)
	}()
	var label [8]byte
	if _, err := io.ReadFull(pr, label[:]); err != nil {
		return "", err
	}
	if label[0] == 0 {
		return "", errStopped
	}
	_, err := io.Copy(io.Discard, pr)
	return string(label[:]), err
}

// The shelf may be full.
func store(s shelf, lines []string) error {
	pr, pw := io.Pipe() // want "when `s.Store` fails before it has read all, nobody reads `pr` any more after the return on line 71"
	go func() {
		defer pw.Close()
		for _, l := range lines {
			fmt.Fprintln(pw, l)
		}
	}()
	n, err := s.Store("lines", bufio.NewReader(pr))
	if err != nil {
		return fmt.Errorf("after %d bytes: %w", n, err)
	}
	return nil
}

// Whoever asks for the bundle has to read it, or close it.
func bundled(names []string) (*io.PipeReader, error) {
	if len(names) == 0 {
		return nil, errStopped
	}
	pr, pw := io.Pipe()
	go func() {
		w := bufio.NewWriter(pw)
		for _, n := range names {
			w.WriteString(n)
		}
		pw.CloseWithError(w.Flush())
	}()
	return pr, nil
}

func send(w io.Writer, names []string) error {
	content, err := bundled(names) // want "when `io.Copy` fails before it has read all, nobody reads `content` any more after the return on line 98"
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, content); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	return nil
}

// The caller gets it, unless it begins with nothing.
func peeked(f *os.File) (io.ReadCloser, error) {
	pr, pw := io.Pipe() // want "after the return on line 115 nobody reads `pr` any more"
	go func() {
		_, err := io.Copy(pw, f)
		pw.CloseWithError(err)
	}()
	var first [1]byte
	if _, err := io.ReadFull(pr, first[:]); err != nil {
		return nil, err
	}
	if first[0] == 0 {
		return nil, errStopped
	}
	return pr, nil
}

// It is closed on every way.
func alwaysClosed(f *os.File) error {
	pr, pw := io.Pipe()
	defer pr.Close()
	go func() {
		_, err := io.Copy(pw, f)
		pw.CloseWithError(err)
	}()
	head := make([]byte, 4)
	if _, err := io.ReadFull(pr, head); err != nil {
		return err
	}
	return errStopped
}

// Nothing that reads it ends before it does.
func readOn(f *os.File, v any) (string, error) {
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(json.NewEncoder(pw).Encode(v)) }()
	var text bytes.Buffer
	if _, err := io.Copy(&text, pr); err != nil {
		return "", err
	}
	all, err := io.ReadAll(f)
	return text.String() + string(all), err
}

// Each value is decoded until there is none.
func decodeAll(f *os.File) (sum int, err error) {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, f)
		pw.CloseWithError(err)
	}()
	for dec := json.NewDecoder(pr); ; {
		var n int
		if err := dec.Decode(&n); err == io.EOF {
			return sum, nil
		} else if err != nil {
			return 0, err
		}
		sum += n
	}
}

// All is written in one go, and read so.
func greeting(name string) (string, error) {
	pr, pw := io.Pipe()
	go func() {
		io.WriteString(pw, strings.Repeat("h", 5)+name)
		pw.Close()
	}()
	word := make([]byte, 5)
	if _, err := io.ReadFull(pr, word); err != nil {
		return "", err
	}
	return string(word), nil
}

// The request closes its body, and a process reads its input.
func post(url string, v any) error {
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(json.NewEncoder(pw).Encode(v)) }()
	req, err := http.NewRequest(http.MethodPost, url, pr)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{Timeout: 1}).Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The writer is closed when the reader leaves.
func endWriter(f *os.File) error {
	pr, pw := io.Pipe()
	defer pw.Close()
	go io.Copy(pw, f)
	if _, err := bufio.NewReader(pr).ReadString('\n'); err != nil {
		return err
	}
	return errStopped
}

// Another goroutine reads the rest.
func readApart(f *os.File, done chan<- error) error {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, f)
		pw.CloseWithError(err)
	}()
	go func() {
		_, err := io.Copy(io.Discard, pr)
		done <- err
	}()
	return nil
}
