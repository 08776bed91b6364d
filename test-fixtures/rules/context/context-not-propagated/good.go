package contextnotpropagated

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type key struct{}

// A goroutine may outlive the context.
func record(ctx context.Context, inv inventory, sku string) error {
	go inv.Reserve(context.Background(), "audit/"+sku)
	go func() {
		if err := inv.Reserve(context.Background(), "stats/"+sku); err != nil {
			return
		}
	}()
	return inv.Reserve(ctx, sku)
}

// Deferred clean-up must not be cancelled.
func hold(ctx context.Context, inv inventory, sku string) error {
	defer inv.Reserve(context.Background(), "undo/"+sku)
	defer func() {
		inv.Reserve(context.Background(), "done/"+sku)
	}()
	return inv.Reserve(ctx, sku)
}

// Shutting down after the context is done.
func serve(ctx context.Context, srv *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- srv.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	return drainConnections(context.Background(), srv)
}

func drainConnections(ctx context.Context, srv *http.Server) error {
	limited, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return srv.Shutdown(limited)
}

// Putting things right after a failure, of which the context may be the cause.
func move(ctx context.Context, inv inventory, from, to string) error {
	if err := inv.Reserve(ctx, to); err != nil {
		undo := inv.Reserve(context.Background(), from)
		return errors.Join(err, undo)
	}
	return nil
}

// A comment says that it is meant.
func announce(ctx context.Context, inv inventory) error {
	if err := ctx.Err(); err != nil {
		return nil
	}
	return inv.Reserve(ctx, "announced")
}

func charge(ctx context.Context, inv inventory) (int, error) {
	if err := inv.Reserve(ctx, "card"); err != nil {
		return 0, err
	}
	// The booking has to be finished even when the client's context ends.
	return inv.Count(context.Background(), "booking")
}

// Values are carried over on purpose.
func detached(ctx context.Context, inv inventory) error {
	id := ctx.Value(key{})
	return inv.Reserve(context.WithValue(context.Background(), key{}, id), "detached")
}

// Somebody else runs the callback later.
type scheduler struct{ jobs []func() error }

func (s *scheduler) plan(ctx context.Context, inv inventory) error {
	s.jobs = append(s.jobs, func() error { return inv.Reserve(context.Background(), "nightly") })
	return ctx.Err()
}

// The context belongs to the worker, not to the call that starts it.
type worker struct {
	ctx  context.Context
	stop context.CancelFunc
}

func newWorker(ctx context.Context) (*worker, error) {
	w := &worker{}
	w.ctx, w.stop = context.WithCancel(context.Background())
	return w, ctx.Err()
}

// No context was given.
func orDefault(ctx context.Context, inv inventory) error {
	if ctx == nil {
		return inv.Reserve(context.Background(), "default")
	}
	return inv.Reserve(ctx, "given")
}

// The parameter is deliberately without a name.
func ignored(_ context.Context, inv inventory) error {
	return inv.Reserve(context.Background(), "ignored")
}

// Nothing is in scope.
func initial(inv inventory) error {
	return inv.Reserve(context.Background(), "initial")
}

// Who cancels this one is another goroutine.
func untilHangup(ctx context.Context, inv inventory, hangup <-chan struct{}) error {
	own, cancel := context.WithCancel(context.Background())
	defer cancel()
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		select {
		case <-hangup:
			cancel()
		case <-finished:
		}
	}()
	return inv.Reserve(own, "until hangup")
}

// The watch ends when its client leaves: it asks for that itself.
func (s *service) watch(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	s.stream(ctx, w)
}

func (s *service) stream(ctx context.Context, w http.ResponseWriter) {
	var gone <-chan bool
	if n, ok := w.(http.CloseNotifier); ok {
		gone = n.CloseNotify()
	}
	select {
	case <-gone:
	case <-ctx.Done():
	}
}

type sender struct{ flushed chan struct{} }

func (s *sender) push(ctx context.Context) error { return ctx.Err() }

// What is left is sent when the context is over.
func (s *sender) pushAll(ctx context.Context, ticks <-chan struct{}) {
	last := func() {
		_ = s.push(context.Background())
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				last()
				return
			case <-ticks:
				_ = s.push(ctx)
			}
		}
	}()
}

func (s *sender) expired() { close(s.flushed) }

func onIdle(ctx context.Context, then func()) { context.AfterFunc(ctx, then) }

// It calls back when this function has returned.
func (s *sender) register(ctx context.Context) error {
	onIdle(context.Background(), s.expired)
	return ctx.Err()
}

type session struct {
	ctx    context.Context
	frames chan int
}

// The session's own context ends the call as well.
func (s *session) ping(ctx context.Context) error {
	select {
	case s.frames <- 0:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

func (s *session) keepAlive(ctx context.Context, ticks <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			_ = s.ping(context.Background())
		}
	}
}
