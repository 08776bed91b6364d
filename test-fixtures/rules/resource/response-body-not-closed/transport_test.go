package responsebodynotclosed

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type teapot struct{}

func (*teapot) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == "" {
		return nil, http.ErrMissingFile
	}
	resp := &http.Response{StatusCode: http.StatusTeapot, Body: io.NopCloser(strings.NewReader("short and stout"))}
	return resp, nil
}

// counted asks the network after all.
type counted struct{ requests int }

func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	c.requests++
	return http.DefaultTransport.RoundTrip(r)
}

// Nothing was connected, so nothing stays open.
func TestMadeUpAnswers(t *testing.T) {
	client := &http.Client{
		Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody}, nil
		}),
	}
	pot := http.Client{Transport: &teapot{}}
	for _, url := range []string{"http://a.test", "http://b.test"} {
		resp, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != http.StatusNotFound {
			t.Error(resp.Status)
		}
		if _, err = pot.Get(url); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAskingTheNetwork(t *testing.T) {
	transport := &counted{}
	client := &http.Client{Transport: transport}
	resp, err := client.Get("http://a.test") // want "response-body-not-closed: `resp.Body` is not closed on every way out"
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || transport.requests != 1 {
		t.Error(resp.Status)
	}
}
