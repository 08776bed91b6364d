package responsebodynotclosed

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"testing"
)

// Closes the body only where the test ends: whoever goes on has it open.
func demandStatus(t *testing.T, resp *http.Response, status int) {
	t.Helper()
	if resp.StatusCode != status {
		dumpResponse(t, resp)
		t.FailNow()
	}
}

func dumpResponse(t *testing.T, resp *http.Response) {
	text, err := httputil.DumpResponse(resp, true)
	if err != nil {
		t.Logf("no text: %v", err)
		return
	}
	t.Logf("got %s", text)
}

func closeAndDemand(t *testing.T, resp *http.Response, status int) {
	defer resp.Body.Close()
	if resp.StatusCode != status {
		t.FailNow()
	}
}

func closeUnlessGone(t *testing.T, resp *http.Response) {
	if resp.StatusCode != http.StatusGone {
		resp.Body.Close()
		return
	}
	resp.Body.Close()
	t.FailNow()
}

func TestStatusOnly(t *testing.T) {
	resp, err := http.Get("http://127.0.0.1:8080/list") // want "`resp.Body` is not closed"
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, resp, http.StatusOK)
}

func TestStatusAndClose(t *testing.T) {
	resp, err := http.Get("http://127.0.0.1:8080/list")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	demandStatus(t, resp, http.StatusOK)
	other, err := http.Get("http://127.0.0.1:8080/other")
	if err != nil {
		t.Fatal(err)
	}
	closeAndDemand(t, other, http.StatusOK)
	gone, err := http.Get("http://127.0.0.1:8080/gone")
	if err != nil {
		t.Fatal(err)
	}
	closeUnlessGone(t, gone)
}

// Answers of these kinds have no body, or hardly ever one: the helper has seen to the status.
func TestStatusWithoutBody(t *testing.T) {
	resp, err := http.Post("http://127.0.0.1:8080/list", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, resp, http.StatusNoContent)
	made, err := http.Post("http://127.0.0.1:8080/list", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, made, http.StatusCreated)
	kept, err := http.Post("http://127.0.0.1:8080/list", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, kept, 304)
}

func remove(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodDelete, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, err
}

// Of a response that a helper hands out, too.
func TestRemoveTwice(t *testing.T) {
	resp, err := remove("http://127.0.0.1:8080/list") // want "`resp.Body` is not closed"
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, resp, http.StatusNotFound)
}

// What is deferred closes the first body, whatever the variable holds later.
func TestListTwice(t *testing.T) {
	resp, err := http.Get("http://127.0.0.1:8080/list")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	demandStatus(t, resp, http.StatusOK)
	resp, err = http.Get("http://127.0.0.1:8080/list?page=2") // want "`resp.Body` is not closed"
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, resp, http.StatusNotFound)
}

func TestListLate(t *testing.T) {
	resp, err := http.Get("http://127.0.0.1:8080/list")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	defer func() { resp.Body.Close() }()
	resp, err = http.Get("http://127.0.0.1:8080/list?page=2")
	if err != nil {
		t.Fatal(err)
	}
	demandStatus(t, resp, http.StatusNotFound)
}

// All that is wanted is that the server gets a request; its answer keeps the connection all the same.
func TestSeen(t *testing.T) {
	seen := make(chan string, 2)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen <- r.URL.Path
		w.Write([]byte("thanks"))
	}))
	defer srv.Close()
	http.Get(srv.URL + "/seen") // want "the response of `http.Get` is dropped"
	req, err := http.NewRequest(http.MethodPost, srv.URL+"/seen", nil)
	if err != nil {
		t.Fatal(err)
	}
	http.DefaultClient.Do(req) // want "the response of `http.DefaultClient.Do` is dropped"
	for range 2 {
		if got := <-seen; got != "/seen" {
			t.Errorf("seen %q", got)
		}
	}
}

// Of these nothing is known: whether they are answered at all, and with what.
func TestSent(t *testing.T) {
	http.Get("http://127.0.0.1:8080/seen")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.Write([]byte("thanks"))
		}
	}))
	defer srv.Close()
	http.Get(srv.URL)
}
