package responsebodynotclosed

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

var errBlocked = errors.New("blocked by the mirror")

// Says what becomes of an answer, or of the error there is in its place.
type judge interface {
	verdict(round int, resp *http.Response, err error) (again bool, fatal error)
}

type patient struct{ rounds int }

func (p patient) verdict(round int, resp *http.Response, err error) (bool, error) {
	if err != nil {
		return round < p.rounds, nil
	}
	if resp.StatusCode == http.StatusForbidden {
		return false, errBlocked
	}
	return resp.StatusCode >= 500 && round < p.rounds, nil
}

type mirror struct {
	doer  doer
	judge judge
}

// What the judge condemns is left open.
func (m mirror) ask(req *http.Request) (*http.Response, error) {
	for round := 0; ; round++ {
		resp, err := m.doer.Do(req) // want "`resp.Body` is not closed on every way out: at the return on line 40"
		again, fatal := m.judge.verdict(round, resp, err)
		if fatal != nil {
			return nil, fmt.Errorf("mirror: %w", fatal)
		}
		if !again {
			return resp, err
		}
		if err == nil {
			resp.Body.Close()
		}
		time.Sleep(time.Second)
	}
}

func (m mirror) askAndClose(req *http.Request) (*http.Response, error) {
	resp, err := m.doer.Do(req)
	if _, fatal := m.judge.verdict(0, resp, err); fatal != nil {
		if err == nil {
			resp.Body.Close()
		}
		return nil, fatal
	}
	return resp, err
}

// It closes what it does not like.
type bouncer interface {
	admit(resp *http.Response, err error) error
}

type strict struct{}

func (strict) admit(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return errors.New(resp.Status)
	}
	return nil
}

func (m mirror) admitted(req *http.Request, b bouncer) (*http.Response, error) {
	resp, err := m.doer.Do(req)
	if err := b.admit(resp, err); err != nil {
		return nil, err
	}
	return resp, nil
}

// One of its kind keeps the answer to close it later.
type recorder interface {
	record(resp *http.Response, err error) error
}

type keeping struct{ kept []*http.Response }

func (k *keeping) record(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	k.kept = append(k.kept, resp)
	return errBlocked
}

type counting struct{ n map[int]int }

func (c counting) record(resp *http.Response, err error) error {
	if err == nil {
		c.n[resp.StatusCode]++
		return errBlocked
	}
	return err
}

func (m mirror) recorded(req *http.Request, r recorder) error {
	resp, err := m.doer.Do(req)
	if err := r.record(resp, err); err != nil {
		return err
	}
	return resp.Body.Close()
}

// Nothing that is seen does anything with the answer: others may.
type sink interface {
	take(resp *http.Response, err error) error
}

type nowhere struct{}

func (nowhere) take(*http.Response, error) error { return errBlocked }

func (m mirror) sunk(req *http.Request, s sink) error {
	resp, err := m.doer.Do(req)
	if err := s.take(resp, err); err != nil {
		return err
	}
	return resp.Body.Close()
}

// It fails where there is no answer, and nowhere else.
type namer interface {
	named(resp *http.Response, err error) (string, error)
}

type byStatus struct{ names map[int]string }

func (b byStatus) named(resp *http.Response, err error) (string, error) {
	if err != nil {
		return "", fmt.Errorf("no answer: %w", err)
	}
	return b.names[resp.StatusCode], nil
}

func (m mirror) name(req *http.Request, n namer) (string, error) {
	resp, err := m.doer.Do(req)
	name, failed := n.named(resp, err)
	if failed != nil {
		return "", failed
	}
	return name, resp.Body.Close()
}

// The same by functions.
func explained(resp *http.Response, err error) error {
	if resp == nil || err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	return nil
}

func annotated(url string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", url, err)
}

func (m mirror) explain(req *http.Request) error {
	resp, err := m.doer.Do(req)
	if err := explained(resp, err); err != nil {
		return err
	}
	return resp.Body.Close()
}

func (m mirror) annotate(req *http.Request) error {
	resp, err := m.doer.Do(req)
	if failed := annotated(req.URL.String(), err); failed != nil {
		return failed
	}
	return resp.Body.Close()
}

func takenIn(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("not accepted: %s", resp.Status)
	}
	return nil
}

func (m mirror) accept(req *http.Request) error {
	resp, err := m.doer.Do(req) // want "`resp.Body` is not closed on every way out"
	if failed := takenIn(resp, err); failed != nil {
		return failed
	}
	return resp.Body.Close()
}

func (m mirror) acceptSame(req *http.Request) error {
	resp, err := m.doer.Do(req) // want "`resp.Body` is not closed on every way out"
	err = takenIn(resp, err)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
