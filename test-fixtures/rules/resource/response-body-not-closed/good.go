package responsebodynotclosed

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
)

func closed(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Closed in a deferred literal, guarded.
func guarded(client *http.Client, req *http.Request) (err error) {
	resp, err := client.Do(req)
	defer func() {
		if resp != nil && resp.Body != nil {
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}()
	return err
}

func guardedBody(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	if resp.Body != nil {
		resp.Body.Close()
	}
	return nil
}

// A helper of the package closes it.
func drain(resp *http.Response) {
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
}

func closeQuietly(c io.Closer) {
	if err := c.Close(); err != nil {
		log.Print(err)
	}
}

func viaHelper(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer drain(resp)
	return nil
}

func viaCloser(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer closeQuietly(resp.Body)
	return nil
}

// Returned, stored, or wrapped: its new owner closes it.
func opened(url string) (*http.Response, error) { return http.Get(url) }

type stream struct {
	body io.ReadCloser
	in   *bufio.Reader
}

func newStream(url string) (*stream, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return &stream{body: resp.Body, in: bufio.NewReader(resp.Body)}, nil
}

func lines(url string) (*bufio.Scanner, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return bufio.NewScanner(resp.Body), nil
}

// A wrapped error is still an error.
func wrapped(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		err = fmt.Errorf("wrapped: %w", err)
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func checked(url string) error {
	resp, err := http.Get(url)
	err = annotate(err)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func annotate(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("checked: %w", err)
}

// HEAD is answered without a body.
func exists(client *http.Client, url string) bool {
	resp, err := client.Head(url)
	if err != nil {
		return false
	}
	req, err := http.NewRequest(http.MethodHead, url+"/index.html", nil)
	if err != nil {
		return false
	}
	index, err := client.Do(req)
	return err == nil && index.StatusCode == resp.StatusCode
}

// The connection of an upgraded response belongs to somebody else.
func upgrade(rt http.RoundTripper, req *http.Request) (io.ReadWriteCloser, error) {
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		if conn, ok := resp.Body.(io.ReadWriteCloser); ok {
			return conn, nil
		}
	}
	resp.Body.Close()
	return nil, fmt.Errorf("no upgrade: %s", resp.Status)
}

// Write closes the body.
func dump(w io.Writer, url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Write(w)
}

// The body is read, closed and replaced by a copy.
func replay(url string) (*http.Response, []byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, nil, err
	}
	text, err := httputil.DumpResponse(resp, true)
	return resp, text, err
}

// All attempts are closed.
func retried(client *http.Client, req *http.Request) (v any, err error) {
	var resp *http.Response
	for range 3 {
		if resp, err = client.Do(req); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

// An answer without content has no body, and its connection is free at once.
func saved(client *http.Client, req *http.Request, into any) error {
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode == http.StatusNoContent {
		return nil
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// The answer has no body, whoever makes the request.
func respondsToHead(url string) bool {
	resp, err := send(http.MethodHead, url, nil)
	return err == nil && resp.StatusCode == http.StatusOK
}

func send(method, url string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequest(method, url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "*/*")
	return http.DefaultClient.Do(req)
}

// Closes what it has read into a value, and leaves the rest to its caller: nobody can tell by the call.
func exchange(c *http.Client, req *http.Request, into any) (*http.Response, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	if into != nil {
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			return resp, err
		}
		defer func() { _ = resp.Body.Close() }()
		if err := json.Unmarshal(raw, into); err != nil {
			return resp, err
		}
	}
	return resp, nil
}

func exchanged(c *http.Client, req *http.Request) (map[string]string, error) {
	var found map[string]string
	if _, err := exchange(c, req, &found); err != nil {
		return nil, err
	}
	return found, nil
}
