package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Carrier asks the carrier's web service where parcels are.
type Carrier struct {
	BaseURL string
	Client  *http.Client
}

// Status asks for one parcel.
func (c *Carrier) Status(ctx context.Context, id string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.BaseURL+"/status/"+id, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.Client.Do(req)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("carrier answered %s", resp.Status)
	}
	var answer struct{ Status string }
	err = json.NewDecoder(resp.Body).Decode(&answer)
	resp.Body.Close()
	return answer.Status, err
}

// StatusWithin is Status for callers who cannot wait longer than limit.
func (c *Carrier) StatusWithin(ctx context.Context, id string, limit time.Duration) (string, error) {
	type answer struct {
		status string
		err    error
	}
	answers := make(chan answer)
	go func() {
		status, err := c.Status(ctx, id)
		answers <- answer{status, err}
	}()
	select {
	case a := <-answers:
		return a.status, a.err
	case <-time.After(limit):
		return "", fmt.Errorf("no answer about %s within %s", id, limit)
	}
}

// Ping tells whether the carrier can be reached.
func (c *Carrier) Ping(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, 30*time.Second)
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, c.BaseURL, nil)
	if err != nil {
		return err
	}
	resp, err := c.Client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
