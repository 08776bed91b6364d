package responsebodynotclosed

import (
	"errors"
	"io"
	"net/http"
)

// The new body reads the old one.
func fetchWrapped(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.Uncompressed {
		resp.Body = struct{ io.ReadCloser }{resp.Body}
	}
	return resp, nil
}

func wrappedStatus(url string) error {
	resp, err := fetchWrapped(url) // want "response-body-not-closed: `resp.Body`"
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return resp.Body.Close()
}

// What is returned is the last response, and the others are closed before the next one is asked for.
func getWithRetries(url string, tries int) (*http.Response, error) {
	var resp *http.Response
	var err error
	for i := 0; ; i++ {
		resp, err = http.Get(url)
		if i == tries || (err == nil && resp.StatusCode < http.StatusInternalServerError) {
			break
		}
		if err == nil {
			resp.Body.Close()
		}
	}
	if err == nil {
		return resp, nil
	}
	return nil, err
}

func statusWithRetries(url string) (int, error) {
	resp, err := getWithRetries(url, 3) // want "`resp.Body` is not closed"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}
