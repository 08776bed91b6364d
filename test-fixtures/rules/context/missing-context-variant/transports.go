package missingcontextvariant

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		Dial: (&net.Dialer{ // want "missing-context-variant: `Dial` of a transport knows nothing of the request that it dials for.*with `DialContext` they would end"
			Timeout: 30 * time.Second,
		}).Dial,
		TLSHandshakeTimeout: 10 * time.Second,
	}}
}

func useDialer(tr *http.Transport, dialer *net.Dialer) {
	tr.Dial = dialer.Dial // want "`Dial` of a transport knows nothing of the request"
}

func ownDial(local string) *http.Transport {
	return &http.Transport{
		Dial: func(network, addr string) (net.Conn, error) { // want hint "`Dial` of a transport knows nothing"
			return net.DialTimeout(network, addr, time.Minute)
		},
		DialTLS: func(network, addr string) (net.Conn, error) { // want hint "`DialTLS` of a transport.*with `DialTLSContext` they would end"
			return tls.Dial(network, addr, nil)
		},
	}
}

// A socket of this machine, somebody else's dialer, a fake, and a context.
func quietTransports(path string, dial func(network, addr string) (net.Conn, error), from *http.Transport) []*http.Transport {
	return []*http.Transport{
		{Dial: func(_, _ string) (net.Conn, error) { return net.Dial("unix", path) }},
		{Dial: dial},
		{Dial: from.Dial},
		{Dial: func(_, _ string) (net.Conn, error) {
			client, _ := net.Pipe()
			return client, nil
		}},
		{DialContext: (&net.Dialer{Timeout: time.Second}).DialContext},
		{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, addr)
		}},
	}
}

type pool struct {
	Dial func(network, addr string) (net.Conn, error)
}

// No transport.
func newPool() *pool { return &pool{Dial: (&net.Dialer{}).Dial} }

// Without a fix: the values would have to be aligned anew.
func aligned(dialer *net.Dialer) *http.Transport {
	return &http.Transport{
		Proxy:   http.ProxyFromEnvironment,
		Dial:    dialer.Dial, // want "`Dial` of a transport knows nothing of the request"
		DialTLS: nil,
	}
}
