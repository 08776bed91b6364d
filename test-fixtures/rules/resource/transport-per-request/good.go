package transportperrequest

import (
	"crypto/tls"
	"database/sql"
	"net/http"
	"sync"
	"time"
)

// One for all requests.
var shared = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 10}}

func usesShared(address string) (*http.Response, error) { return shared.Get(address) }

// Its owner uses it many times.
type api struct{ client *http.Client }

func newAPI(config *tls.Config) *api {
	tr := &http.Transport{TLSClientConfig: config}
	client := &http.Client{Transport: tr}
	return &api{client: client}
}

func newClient(config *tls.Config, address string) (*http.Client, error) {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
	if _, err := client.Head(address); err != nil {
		return nil, err
	}
	return client, nil
}

func (a *api) reset(address string) {
	client := &http.Client{Transport: &http.Transport{}}
	client.Head(address)
	a.client = client
}

// The connection is not kept.
func withoutKeepAlive(address string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return client.Get(address)
}

func closedAfterUse(req *http.Request) (*http.Response, error) {
	req.Close = true
	client := &http.Client{Transport: &http.Transport{}}
	return client.Do(req)
}

func closesIdle(address string) error {
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	client := &http.Client{Transport: tr}
	resp, err := client.Get(address)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Passed on: somebody may keep it.
func passes(keep func(http.RoundTripper), address string) {
	tr := &http.Transport{}
	keep(tr)
	client := &http.Client{Transport: tr}
	client.Head(address)
}

// The client is everybody's.
func configures(client *http.Client, address string) {
	client.Transport = &http.Transport{}
	client.Head(address)
}

func noRequest(address string) bool {
	tr := &http.Transport{}
	tr.MaxIdleConns = 3
	return tr.MaxIdleConns > len(address)
}

// Once in the life of the process.
var once sync.Once

func atStart(address string) {
	once.Do(func() {
		client := &http.Client{Transport: &http.Transport{}}
		client.Head(address)
	})
}

// A tool opens its database where it needs it.
func count(address string) (n int, err error) {
	db, err := sql.Open("postgres", address)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT count(*) FROM users").Scan(&n)
	return n, err
}

// Kept for the next request.
type users struct{ db *sql.DB }

func (u *users) serve(w http.ResponseWriter, r *http.Request) {
	if u.db == nil {
		db, err := sql.Open("postgres", "users")
		if err != nil {
			return
		}
		u.db = db
	}
	u.db.PingContext(r.Context())
}

func timed() *http.Client {
	return &http.Client{Timeout: time.Second, Transport: &http.Transport{}}
}
