package clientwithouttimeout

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"time"
)

func limited(url string) error {
	c := &http.Client{Timeout: time.Second}
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func limitedLater(url string, limit time.Duration) error {
	c := &http.Client{}
	c.Timeout = limit
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func limitedRequest(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{}).Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func limitedWith(url string, ctx context.Context) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req = req.WithContext(ctx)
	c := &http.Client{}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The request comes from somewhere else, with a context of its own.
func Send(req *http.Request) (int, error) {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func transportLimits(url string) error {
	c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Second}}
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func transportDials(url string, dial func(ctx context.Context, network, addr string) (net.Conn, error)) error {
	c := &http.Client{Transport: &http.Transport{DialContext: dial}}
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func otherTransport(url string, rt http.RoundTripper) error {
	c := &http.Client{Transport: rt}
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Whoever gets the client may limit it.
func NewClient() *http.Client { return &http.Client{} }

type Options struct{ Client *http.Client }

func Defaults() Options { return Options{Client: &http.Client{}} }

func configured(url string, configure func(*http.Client)) error {
	c := &http.Client{}
	configure(c)
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A context is at hand: missing-context-variant speaks of that.
func atHand(ctx context.Context, url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Runs once, while the process starts.
var rates = loadRates("http://example.org/rates")

func loadRates(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// A failure ends the process: this is part of a command.
func MustFetch(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

type command struct {
	Use string
	Run func(args []string) error
}

var check = command{
	Use: "check URL",
	Run: func(args []string) error {
		if len(args) == 0 {
			return errors.New("no URL")
		}
		resp, err := http.Get(args[0])
		if err != nil {
			return err
		}
		return resp.Body.Close()
	},
}

func serveLimited(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadHeaderTimeout: time.Second}
	return srv.ListenAndServe()
}

func serveReadLimited(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadTimeout: time.Minute}
	return srv.ListenAndServe()
}

// The caller may set limits.
func NewServer(h http.Handler) *http.Server { return &http.Server{Handler: h} }

type Frontend struct{ Server *http.Server }

func NewFrontend(h http.Handler) *Frontend { return &Frontend{Server: &http.Server{Handler: h}} }

func serveConfigured(h http.Handler, configure func(*http.Server)) error {
	srv := &http.Server{Handler: h}
	configure(srv)
	return srv.ListenAndServe()
}

var show = command{
	Use: "show",
	Run: func(args []string) error {
		_, err := follow(args[0])
		return err
	},
}

// It calls itself, and is begun by a command.
func follow(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if next := resp.Header.Get("Link"); next != "" {
		resp.Body.Close()
		return follow(next)
	}
	return resp, nil
}

// The constructor sets a transport with limits.
type tides struct{ client *http.Client }

func NewTides() *tides {
	t := &tides{client: &http.Client{}}
	t.Limit(time.Second)
	return t
}

func (t *tides) Limit(wait time.Duration) {
	t.client.Transport = &http.Transport{ResponseHeaderTimeout: wait}
}

func (t *tides) Ping(url string) error {
	resp, err := t.client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Callers may set the limit.
type moons struct{ client *http.Client }

func NewMoons() *moons { return &moons{client: &http.Client{}} }

func (m *moons) SetTimeout(limit time.Duration) { m.client.Timeout = limit }

func (m *moons) Ping(url string) error {
	resp, err := m.client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A function of the package sets a transport, wherever it is called.
type stars struct{ client *http.Client }

func NewStars() *stars { return &stars{client: &http.Client{}} }

func (s *stars) use(rt http.RoundTripper) { s.client.Transport = rt }

func (s *stars) Ping(url string, rt http.RoundTripper) error {
	s.use(rt)
	resp, err := s.client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
