package later

import (
	"net/http"
	"time"
)

type frontend struct{ server *http.Server }

func newFrontend(h http.Handler) *frontend {
	return &frontend{server: &http.Server{Handler: h}}
}

func (f *frontend) limit(d time.Duration) { f.server.ReadHeaderTimeout = d }

func init() { http.DefaultClient.Timeout = time.Minute }

func Fetch(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
