package responsebodynotclosed

import (
	"context"
	"net/http"
	"time"
)

// Cancelling the request's context closes the connection of a response that is still open.
func probe(parent context.Context, client *http.Client, url string) (int, error) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// The same by way of a copy of the request.
func forward(client *http.Client, req *http.Request) (string, error) {
	ctx, cancel := context.WithCancel(req.Context())
	defer cancel()
	req = req.WithContext(ctx)
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	return resp.Status, nil
}

// Here nothing cancels until the caller does.
func underParent(ctx context.Context, client *http.Client, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req) // want "response-body-not-closed: `resp.Body` is not closed"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// The function goes on for ever, so the deferred call never runs.
func poll(parent context.Context, client *http.Client, url string, report func(int)) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return
		}
		resp, err := client.Do(req) // want "response-body-not-closed: `resp.Body` is not closed before"
		if err != nil {
			return
		}
		report(resp.StatusCode)
		time.Sleep(time.Second)
	}
}
