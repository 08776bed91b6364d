package responsebodynotclosed

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// A bad answer comes with its body in memory.
func fetchChecked(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil || resp.StatusCode == http.StatusOK {
		return resp, err
	}
	text, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(text))
	return resp, nil
}

func download(url string) (io.ReadCloser, error) {
	resp, err := fetchChecked(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	return resp.Body, nil
}
