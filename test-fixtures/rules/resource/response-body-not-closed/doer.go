package responsebodynotclosed

import (
	"encoding/json"
	"errors"
	"net/http"
)

// What `http.Client` and its wrappers have in common.
type doer interface {
	Do(*http.Request) (*http.Response, error)
}

type forecast struct{ doer doer }

func (f forecast) today(req *http.Request) (map[string]string, error) {
	resp, err := f.doer.Do(req) // want "`resp.Body` is not closed on every way out: at the return on line 22"
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	defer resp.Body.Close()
	var day map[string]string
	return day, json.NewDecoder(resp.Body).Decode(&day)
}

func (f forecast) raw(req *http.Request) (*http.Response, error) {
	resp, err := f.doer.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// A method of that name that does something else.
type worker interface {
	Do(*http.Request) (*http.Request, error)
}

func prepared(w worker, req *http.Request) error {
	next, err := w.Do(req)
	if err != nil {
		return err
	}
	if next.Body == nil {
		return errors.New("no body")
	}
	return nil
}
