package responsebodynotclosed

import (
	"errors"
	"fmt"
	"io"
	"net/http"
)

// At its end the body has given its connection back.
func statusText(client *http.Client, url string) error {
	resp, err := client.Get(url) // want hint "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return err
	}
	text, _ := io.ReadAll(resp.Body)
	return fmt.Errorf("%s: %s", resp.Status, text)
}

// When reading fails the end is not reached: what is packed may be broken.
func contentOf(client *http.Client, url string) ([]byte, error) {
	resp, err := client.Get(url) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return text, nil
}

// A copy may fail because of the file, with the body half read.
func savedTo(client *http.Client, url string, to io.Writer) error {
	resp, err := client.Get(url) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, resp.Body); err != nil {
		return err
	}
	return resp.Body.Close()
}

func tryAgain(err error) (bool, error) { return err != nil, err }

// Whether to try again is a question about the error, and there is none.
func triedTwice(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req)
	retry, err := tryAgain(err)
	if retry {
		return errors.New("try again")
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The outer error never gets a value.
func firstOf(client *http.Client, urls []string) (io.ReadCloser, error) {
	var (
		resp *http.Response
		err  error
	)
	for _, url := range urls {
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			continue
		}
		resp, err = client.Do(req)
		if err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// The return is shared with the way on which there is no response: a close before it would panic.
func statusOf(client *http.Client, req *http.Request) ([]byte, int, error) {
	resp, err := client.Do(req) // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err == nil && resp.StatusCode != http.StatusOK {
		err = errors.New(resp.Status)
	}
	status := http.StatusServiceUnavailable
	if resp != nil {
		status = resp.StatusCode
	}
	if err != nil {
		return nil, status, err
	}
	text, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	return text, status, err
}
