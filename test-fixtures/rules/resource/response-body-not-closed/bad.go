package responsebodynotclosed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Never closed.
func status(client *http.Client, url string) (int, error) {
	resp, err := client.Get(url) // want "response-body-not-closed: `resp.Body` is not closed on every way out: at the return on line \\d+ the connection of `client.Get` may stay open"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// The return for an unexpected status comes before the defer.
func fetch(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", url, err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Only the connection's answer counts, yet it is held.
func reachable(url string) bool {
	_, err := http.Get(url) // want "response-body-not-closed: the response of `http.Get` is dropped"
	return err == nil
}

func notify(url string, body []byte) {
	http.Post(url, "application/json", bytes.NewReader(body)) // want "response-body-not-closed: the response of `http.Post` is dropped"
}

// Each attempt but the last one leaks.
func retry(client *http.Client, req *http.Request) (*http.Response, error) {
	for range 3 {
		resp, err := client.Do(req) // want "response-body-not-closed: `resp.Body` is not closed before `client.Do` runs again"
		if err != nil || resp.StatusCode >= 500 {
			time.Sleep(time.Second)
			continue
		}
		return resp, nil
	}
	return nil, errors.New("gave up")
}

type client struct{ http *http.Client }

// get hands an open response to its caller.
func (c *client) get(path string) (*http.Response, error) {
	resp, err := c.http.Get("https://api.example.com" + path)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 400 {
		resp.Body.Close()
		return nil, errors.New(resp.Status)
	}
	return resp, nil
}

// open hands the body alone.
func (c *client) open(path string) (io.ReadCloser, error) {
	resp, err := c.get(path)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// A caller of a function that returns an open response.
func (c *client) version() (v string, err error) {
	resp, err := c.get("/version") // want "response-body-not-closed: `resp.Body` is not closed on every way out: at the return on line \\d+ the connection of `c.get`"
	if err != nil {
		return "", err
	}
	err = json.NewDecoder(resp.Body).Decode(&v)
	return v, err
}

func (c *client) size(path string) (int64, error) {
	body, err := c.open(path) // want "response-body-not-closed: `body` is not closed on every way out"
	if err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, io.LimitReader(body, 1<<20))
}

// A buffered reader around the body does not close it.
func firstLine(url string) (string, error) {
	resp, err := http.Get(url) // want "response-body-not-closed: `resp.Body` is not closed"
	if err != nil {
		return "", err
	}
	dec := json.NewDecoder(resp.Body)
	var line string
	if err := dec.Decode(&line); err != nil {
		resp.Body.Close()
		return "", err
	}
	return line, nil
}

// The first response is lost when the variable is used again.
func follow(c *http.Client, first, second string) error {
	resp, err := c.Get(first) // want "response-body-not-closed: `resp.Body` is not closed before the variable gets a new value on line \\d+"
	if err != nil {
		return err
	}
	resp, err = c.Get(second)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Before the error is looked at there may be no response: closing it in front of the first return would panic.
func unlessStopped(c *http.Client, req *http.Request, stopped func() bool) error {
	resp, err := c.Do(req) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if stopped() {
		return nil
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

// The status may be read after the body was closed.
func openChecked(c *http.Client, url string) (io.ReadCloser, error) {
	resp, err := c.Get(url) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New("unexpected status " + resp.Status)
	}
	return resp.Body, nil
}

// An answer of another status may have a body.
func accepted(client *http.Client, req *http.Request, into any) error {
	resp, err := client.Do(req) // want "not closed on every way out"
	if err != nil {
		return err
	}
	if resp.StatusCode == http.StatusAccepted {
		return nil
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// What is deferred is the body of the first answer, whatever the variable holds later.
func twoSteps(client *http.Client, first, second string) ([]byte, error) {
	resp, err := client.Get(first) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", first, resp.Status)
	}
	token, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}

	resp, err = client.Get(second + string(token))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// The variable is one of the function, although the call stands in the `if`.
func post(client *http.Client, url string, data []byte) (err error) {
	var resp *http.Response
	if resp, err = client.Post(url, "application/json", bytes.NewReader(data)); err != nil { // want "response-body-not-closed"
		return
	}
	if resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", url, resp.Status)
	}
	return
}
