//go:build ignore

package main

import "net/http"

// Nobody builds this file but by its name.
func status(url string) (int, error) {
	resp, err := http.Get(url) // want hint "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}
