package leaky

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"time"
)

// Drive asks for two reports that come too late: one page and one error.
func Drive() {
	late := make(chan struct{})
	reports := http.NewServeMux()
	reports.Handle("GET /reports/{name}", &Server{
		Limit: 10 * time.Millisecond,
		Render: func(name string) ([]byte, error) {
			<-late
			if name == "lost" {
				return nil, errors.New("no such report")
			}
			return []byte(name), nil
		},
	})
	for _, path := range []string{"/reports/sales", "/reports/lost"} {
		reports.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	close(late)
}
