package closebeforeerrorcheck

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func fetchChecked(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// The deferred function asks first.
func fetchGuarded(url string) ([]byte, error) {
	resp, err := http.Get(url)
	defer func() {
		if resp != nil {
			resp.Body.Close()
		}
	}()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

func fetchIfOpened(url string) ([]byte, error) {
	resp, err := http.Get(url)
	defer func() {
		if err != nil {
			return
		}
		resp.Body.Close()
	}()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

// What is returned beside the error has to be closed, too.
type session struct{ peers []string }

func (s *session) end() { s.peers = nil }

func startSession(peers []string) (*session, error) {
	s := &session{peers: peers}
	if len(peers) == 0 {
		return s, errors.New("alone")
	}
	return s, nil
}

func talk(peers []string) error {
	s, err := startSession(peers)
	defer s.end()
	if err != nil {
		return err
	}
	return nil
}

// Its method gets along with nil.
type lamp struct{ lit bool }

func (l *lamp) off() {
	if l == nil {
		return
	}
	l.lit = false
}

func light(broken bool) (*lamp, error) {
	if broken {
		return nil, errors.New("broken")
	}
	return &lamp{lit: true}, nil
}

func read(broken bool) error {
	l, err := light(broken)
	defer l.off()
	if err != nil {
		return err
	}
	return nil
}

// No pointer: there is always something to call the method of.
type token struct{ id int }

func (t token) give() {}

func take(n int) (token, error) {
	if n < 0 {
		return token{}, errors.New("none left")
	}
	return token{id: n}, nil
}

func queue(n int) error {
	t, err := take(n)
	defer t.give()
	if err != nil {
		return err
	}
	return nil
}

// The program ends before the deferred call runs.
func mustListen(addr *net.TCPAddr) {
	l, err := net.ListenTCP("tcp", addr)
	defer l.Close()
	if err != nil {
		log.Fatal(err)
	}
	serve(l)
}

// A nil file in an interface is not nil, and its method allows it.
func copyFrom(name string, w io.Writer) error {
	var r io.ReadCloser
	var err error
	r, err = os.Open(name)
	defer r.Close()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

// Another error is checked below.
func both(url string, prepare func() error) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	err = prepare()
	defer resp.Body.Close()
	if err != nil {
		return err
	}
	return nil
}

// An answer that has to be given in any case.
func notify(done chan<- error, url string) {
	resp, err := http.Get(url)
	defer func() { done <- err }()
	if err != nil {
		return
	}
	resp.Body.Close()
}

// The error is looked at first, in ways of its own.
func fetchShort(url string, w io.Writer) (err error) {
	resp, err := get(url)
	defer func() {
		if failed := err == nil && resp.Body.Close() != nil; failed {
			err = errors.New("close")
		}
	}()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, resp.Body)
	return err
}

func fetchLogged(url string, w io.Writer) (err error) {
	resp, err := get(url)
	defer func() {
		switch {
		case err != nil:
			log.Print(err)
		default:
			resp.Body.Close()
		}
	}()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, resp.Body)
	return err
}
