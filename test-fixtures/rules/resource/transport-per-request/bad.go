package transportperrequest

import (
	"context"
	"crypto/tls"
	"database/sql"
	"net/http"
	"net/url"
	"time"
)

func ping(address string, config *tls.Config) (int, error) {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}} // want hint "transport-per-request: each call makes a transport of its own: the connection that `client.Get` leaves idle"
	resp, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func throughProxy(proxy *url.URL, req *http.Request) (*http.Response, error) {
	transport := &http.Transport{} // want "the connection that `client.Do` leaves idle"
	transport.Proxy = http.ProxyURL(proxy)
	client := http.Client{
		Transport: transport,
		Timeout:   time.Minute,
	}
	return client.Do(req)
}

func insecure(address string) error {
	client := http.Client{Timeout: time.Second}
	client.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // want hint "the connection that `client.Head` leaves idle"
	resp, err := client.Head(address)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func direct(req *http.Request) (*http.Response, error) {
	return (&http.Transport{}).RoundTrip(req) // want "the connection that `\\(&http.Transport{}\\).RoundTrip` leaves idle"
}

func assigned(req *http.Request, config *tls.Config) (*http.Response, error) {
	tr := &http.Transport{TLSClientConfig: config} // want "the connection that `client.Do` leaves idle"
	client := &http.Client{}
	client.Transport = tr
	return client.Do(req)
}

func bounded(address string) error {
	client := &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}} // want hint "stays open, with two goroutines, until `IdleConnTimeout` is over"
	resp, err := client.Get(address)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func serveUsers(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("postgres", "users") // want "each request opens a pool of its own: `db` of `sql.Open`"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer db.Close()
	if err := db.PingContext(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// Each turn makes another one.
func askAll(addresses []string, config *tls.Config) (ok int) {
	for _, address := range addresses {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}} // want "the connection that `client.Get` leaves idle"
		resp, err := client.Get(address)
		if err != nil {
			continue
		}
		resp.Body.Close()
		ok++
	}
	return ok
}

// The context is that of something which ends before the process.
func report(ctx context.Context, address string) error {
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}} // want "the connection that `client.Do` leaves idle"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Whoever called reads the answer: nothing is idle when the function returns.
func fetch(ctx context.Context, address string, config *tls.Config) (*http.Response, error) {
	tr := http.Transport{ // want "the connection that `tr.RoundTrip` leaves idle"
		Proxy:           http.ProxyFromEnvironment,
		TLSClientConfig: config,
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := tr.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	return resp, nil
}
