package responsebodynotclosed

import (
	"bufio"
	"compress/gzip"
	"compress/zlib"
	"context"
	"io"
	"net/http"
)

// Tides come packed. Whoever closes what this gives closes the packing.
func tides(ctx context.Context, c *http.Client, url string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(req) // want "`resp.Body` is not closed on every way out: at the return on line 27"
	if err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(bufio.NewReader(resp.Body))
	if err != nil {
		resp.Body.Close()
		return nil, err
	}
	return zr, nil
}

func moons(ctx context.Context, c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req.WithContext(ctx)) // want "`resp.Body` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	return zlib.NewReader(resp.Body)
}

type packed struct {
	*gzip.Reader
	body io.Closer
}

func (p packed) Close() error {
	err := p.Reader.Close()
	if cerr := p.body.Close(); err == nil {
		err = cerr
	}
	return err
}

// It closes both.
func suns(ctx context.Context, c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		resp.Body.Close()
		return nil, err
	}
	return packed{zr, resp.Body}, nil
}

// The caller gets both.
func stars(ctx context.Context, c *http.Client, req *http.Request) (io.ReadCloser, func() error, error) {
	resp, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		resp.Body.Close()
		return nil, nil, err
	}
	return zr, resp.Body.Close, nil
}

// There is nothing to close: it is read to its end.
func winds(ctx context.Context, c *http.Client, req *http.Request) (io.Reader, error) {
	resp, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	return gzip.NewReader(resp.Body)
}

// The end of the context closes it.
func waves(ctx context.Context, c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { resp.Body.Close() })
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		return nil, err
	}
	return zr, nil
}

type chart struct {
	body io.Closer
}

// The chart closes the body.
func (t *chart) read(ctx context.Context, c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	t.body = resp.Body
	return gzip.NewReader(resp.Body)
}
