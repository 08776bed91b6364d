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
