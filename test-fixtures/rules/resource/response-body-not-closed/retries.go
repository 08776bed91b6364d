package responsebodynotclosed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

type caller struct {
	http  *http.Client
	tries int
	pause func(context.Context, int) error
	note  func(string)
}

func (c *caller) retryable(resp *http.Response) bool { return resp.StatusCode >= 500 }

// What is not wanted is left open before the next try.
func (c *caller) RoundTrip(req *http.Request) (*http.Response, error) {
	last := errors.New("not tried")
	for n := range c.tries {
		if n > 0 {
			if err := c.pause(req.Context(), n); err != nil {
				return nil, errors.Join(last, err)
			}
		}
		resp, err := c.http.Do(req) // want "`resp.Body` is not closed"
		switch {
		case err != nil:
			last = err
		case c.retryable(resp):
			last = fmt.Errorf("try %d: %s", n+1, resp.Status)
		default:
			return resp, nil
		}
	}
	return nil, last
}

func (c *caller) fetch(req *http.Request) ([]byte, error) {
	var last error
	for n := 0; n < c.tries; n++ {
		resp, err := c.http.Do(req) // want "`resp.Body` is not closed"
		if err != nil {
			last = err
			continue
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			last = errors.New("slow down")
			time.Sleep(time.Second)
			continue
		}
		if resp.StatusCode != http.StatusOK {
			text, _ := io.ReadAll(resp.Body)
			last = fmt.Errorf("answered %s", text)
			continue
		}
		defer resp.Body.Close()
		return io.ReadAll(resp.Body)
	}
	return nil, last
}

// What comes behind the branch reads the body.
func (c *caller) peek(req *http.Request) {
	for range c.tries {
		resp, err := c.http.Do(req) // want hint "`resp.Body` is not closed"
		if err != nil {
			continue
		}
		if resp.StatusCode >= 300 {
			c.note(resp.Status)
		}
		text, _ := io.ReadAll(resp.Body)
		c.note(string(text))
		if len(text) > 0 {
			resp.Body.Close()
		}
	}
}

// The last answer is used when the loop has ended.
func (c *caller) lastAnswer(req *http.Request) (string, error) {
	var resp *http.Response
	var err error
	for range c.tries {
		resp, err = c.http.Do(req) // want "`resp.Body` is not closed"
		if err != nil {
			return "", err
		}
		if resp.StatusCode < 500 {
			break
		}
		c.note(resp.Status)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}
