// want-all

package emptyselect

import (
	"context"
	"log"
	"net/http"
	"os/signal"
	"syscall"
)

type server struct {
	quit chan struct{}
}

func (s *server) serve() {}

func (s *server) watch(ctx context.Context) {}

// Run serves.
func (s *server) Run(ctx context.Context) {
	go s.serve()
	select {} // want "empty-select: This `select {}` waits for nothing, so .*, not even when `ctx` is done"
}

func (s *server) Start(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	go s.serve()
	select {} // want "empty-select: .*`ctx`"
}

// Two results: the first has a zero value that can be written down.
func (s *server) Count(ctx context.Context) (int, error) {
	go s.serve()
	select {} // want "empty-select: .*`ctx`"
}

// A type has no zero value that is known here: there is no fix.
func (s *server) Copy(ctx context.Context) server {
	go s.serve()
	select {} // want "empty-select: .*`ctx`"
}

func Hold(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	select {} // want "empty-select: .*`r.Context\\(\\)`"
}

func Register(mux *http.ServeMux) {
	mux.HandleFunc("/hold", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		select {} // want "empty-select: .*`r.Context\\(\\)`"
	})
}

func (s *server) UntilSignal(parent context.Context) {
	ctx, stop := signal.NotifyContext(parent, syscall.SIGTERM)
	defer stop()
	s.watch(ctx)
	select {} // want "empty-select: .*`ctx`"
}

// Some cases only: whoever calls it may mean that.
func (s *server) Slow(ctx context.Context, rate int) {
	if rate == 0 {
		select {} // want hint "empty-select: .*`ctx`"
	}
	s.serve()
}

// Nothing says when it should end.
func (s *server) ListenAndServe() {
	go s.serve()
	select {} // want hint "empty-select: This `select {}` waits for nothing, so a call of `ListenAndServe`"
}

// Attend serves the given number of desks, and blocks until ctx is cancelled.
func (s *server) Attend(ctx context.Context, desks int) error {
	for range desks {
		s.watch(ctx)
	}
	log.Printf("up, with %d desks", desks)
	select {} // want "empty-select: .*`ctx`"
}
