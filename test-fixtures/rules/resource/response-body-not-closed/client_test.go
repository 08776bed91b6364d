package responsebodynotclosed

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Success is the accident here.
func TestRefused(t *testing.T) {
	resp, err := http.Get("http://127.0.0.1:1/")
	if err == nil {
		t.Errorf("connected: %s", resp.Status)
	}
	res, err := http.Get("http://127.0.0.1:2/")
	if res != nil {
		t.Errorf("got %v, %v", res, err)
	}
	_, err = http.Get("http://127.0.0.1:3/")
	if err == nil {
		t.Fatal("connected")
	}
	_, err = http.Post("http://127.0.0.1:4/", "", nil)
	if !errors.Is(err, io.EOF) && !strings.Contains(err.Error(), "refused") {
		t.Error(err)
	}
}

// Read to the end, which is enough for a test.
func TestRead(t *testing.T) {
	resp, err := http.Get("http://127.0.0.1:8080/")
	if err != nil {
		t.Skip(err)
	}
	if _, err := io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
}

// A test that expects success and drops the response.
func TestHealth(t *testing.T) {
	_, err := http.Get("http://127.0.0.1:8080/healthz") // want "response-body-not-closed: the response of `http.Get` is dropped"
	if err != nil {
		t.Fatal(err)
	}
}
