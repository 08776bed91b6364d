// Package leaky serves reports that may take long to render.
package leaky

import (
	"net/http"
	"time"
)

// Server answers requests for reports within a time limit.
type Server struct {
	Render func(name string) ([]byte, error)
	Limit  time.Duration
}

// ServeHTTP answers with the report that the path names.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := make(chan []byte)
	failed := make(chan error)
	go s.render(r.PathValue("name"), page, failed)

	select {
	case body := <-page:
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(body)
	case err := <-failed:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	case <-time.After(s.Limit):
		http.Error(w, "the report takes too long", http.StatusGatewayTimeout)
	case <-r.Context().Done():
	}
}

func (s *Server) render(name string, page chan<- []byte, failed chan<- error) {
	body, err := s.Render(name)
	if err != nil {
		failed <- err // blocked: abandoned-send
		return
	}
	page <- body // blocked: abandoned-send
}
