package detachedhandlergoroutine

import (
	"context"
	"log/slog"
	"net/http"
	"net/smtp"
	"sync"
	"sync/atomic"
	"time"
)

// Detached on purpose, with a limit.
func (a *api) signUpDetached(w http.ResponseWriter, r *http.Request) {
	u := user{Name: r.FormValue("name")}
	ctx := context.WithoutCancel(r.Context())
	go func() {
		limited, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		a.notify.Notify(limited, u)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// The handler waits for its goroutines.
func (a *api) both(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		a.notify.Notify(r.Context(), user{Name: "first"})
	}()
	go func() {
		defer wg.Done()
		a.notify.Notify(r.Context(), user{Name: "second"})
	}()
	wg.Wait()
	w.WriteHeader(http.StatusOK)
}

// It waits for the result or for the end of the request.
func (a *api) race(w http.ResponseWriter, r *http.Request) {
	result := make(chan error, 1)
	go func() { result <- a.notify.Notify(r.Context(), user{}) }()
	select {
	case err := <-result:
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	case <-time.After(time.Second):
		w.WriteHeader(http.StatusGatewayTimeout)
	}
}

// Ending with the request is what this goroutine is for.
func (a *api) release(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() {
		<-ctx.Done()
		a.notify.Notify(ctx, user{Name: "left"})
	}()
	w.WriteHeader(http.StatusOK)
}

// Only values are looked up in the context.
func (a *api) logged(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() {
		slog.InfoContext(ctx, "handled")
	}()
	w.WriteHeader(http.StatusOK)
}

// A send that gives up.
func (a *api) offer(w http.ResponseWriter, r *http.Request) {
	u := user{Mail: r.FormValue("mail")}
	go func() {
		select {
		case a.events <- u:
		case <-time.After(time.Second):
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

// A bounded number of attempts.
func (a *api) retry(w http.ResponseWriter, r *http.Request) {
	go func() {
		for i := 0; i < 5; i++ {
			if a.ready() {
				return
			}
			time.Sleep(time.Second)
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

// The goroutine has a context of its own that ends.
func (a *api) later(w http.ResponseWriter, r *http.Request) {
	u := user{Name: r.FormValue("name")}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		a.notify.Notify(ctx, u)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// The handler lives as long as the connection, and its goroutine with it.
func (a *api) stream(w http.ResponseWriter, r *http.Request) {
	go a.notify.Notify(r.Context(), user{Name: "joined"})
	for {
		select {
		case u := <-a.events:
			w.Write([]byte(u.Name))
		case <-r.Context().Done():
			return
		}
	}
}

// No handler: whoever calls it decides.
func (a *api) mail(to string, text []byte) {
	go smtp.SendMail("mail.internal:25", nil, "web@example.com", []string{to}, text)
}

// Said to live as long as the process.
func (a *api) start(w http.ResponseWriter, r *http.Request) {
	//hygiene:daemon the bus is drained until the process ends
	go func() { a.events <- user{Name: "started"} }()
	w.WriteHeader(http.StatusOK)
}

type switchboard struct {
	calls chan string
}

// It runs as long as the program.
func (s *switchboard) run() {
	for {
		select {
		case call := <-s.calls:
			slog.Info("call", "from", call)
		case <-time.After(time.Minute):
			slog.Info("quiet")
		}
	}
}

type line struct {
	board *switchboard
	next  func() (string, error)
}

// The reader ends with its connection, and whoever takes what it sends never leaves.
func (s *switchboard) connect(w http.ResponseWriter, r *http.Request) {
	l := &line{board: s, next: func() (string, error) { return r.RemoteAddr, nil }}
	go l.read()
}

func (l *line) read() {
	for {
		name, err := l.next()
		if err != nil {
			return
		}
		l.board.calls <- name
	}
}

type crew struct{ orders chan string }

func newCrew(n int) *crew {
	c := &crew{orders: make(chan string)}
	for range n {
		go carryOut(c.orders)
	}
	return c
}

func carryOut(orders <-chan string) {
	for {
		order := <-orders
		println(order)
	}
}

func (c *crew) pass(orders []string) {
	for _, o := range orders {
		c.orders <- o
	}
}

// Each order waits for its turn: those who carry them out never leave, whatever they call the channel.
func (c *crew) accept(w http.ResponseWriter, r *http.Request) {
	go c.pass([]string{r.URL.Path})
	w.WriteHeader(http.StatusAccepted)
}

// A context with an end of its own, from which only values are left of the request's.
type untilClosed struct {
	context.Context
	closed <-chan struct{}
}

func (c untilClosed) Done() <-chan struct{} { return c.closed }

func bindTo(ctx context.Context, closed <-chan struct{}) context.Context {
	return untilClosed{ctx, closed}
}

func (s *switchboard) hold(w http.ResponseWriter, r *http.Request) {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		s.talk(bindTo(r.Context(), closed))
	}()
}

func (s *switchboard) talk(ctx context.Context) {
	slog.InfoContext(ctx, "talk")
}

// A poll that somebody may end, or that ends by itself.
type importJob struct {
	ready   func(id string) bool
	over    atomic.Bool
	counted int
	found   chan string
}

func (j *importJob) untilOver(id string) {
	for !j.over.Load() && !j.ready(id) {
		time.Sleep(time.Second)
	}
	j.found <- id
}

func (j *importJob) untilLate(id string) {
	late := time.Now().Add(time.Minute)
	for !j.ready(id) {
		if time.Now().After(late) {
			break
		}
		time.Sleep(time.Second)
	}
	j.found <- id
}

func (j *importJob) fewTimes(id string) {
	for !j.ready(id) && j.counted < 10 {
		j.counted++
		time.Sleep(time.Second)
	}
	j.found <- id
}

func (a *api) awaitOver(w http.ResponseWriter, r *http.Request) {
	job := &importJob{ready: a.isReady, found: make(chan string, 1)}
	go job.untilOver(r.FormValue("id"))
	select {
	case found := <-job.found:
		w.Write([]byte(found))
	case <-r.Context().Done():
		job.over.Store(true)
		return
	}
}

func (a *api) awaitDeferred(w http.ResponseWriter, r *http.Request) {
	job := &importJob{ready: a.isReady, found: make(chan string, 1)}
	defer job.over.Store(true)
	go job.untilOver(r.FormValue("id"))
	select {
	case found := <-job.found:
		w.Write([]byte(found))
	case <-r.Context().Done():
		return
	}
}

func (a *api) awaitLate(w http.ResponseWriter, r *http.Request) {
	job := &importJob{ready: a.isReady, found: make(chan string, 1)}
	go job.untilLate(r.FormValue("id"))
	select {
	case found := <-job.found:
		w.Write([]byte(found))
	case <-r.Context().Done():
		return
	}
}

func (a *api) awaitFew(w http.ResponseWriter, r *http.Request) {
	job := &importJob{ready: a.isReady, found: make(chan string, 1)}
	go job.fewTimes(r.FormValue("id"))
	select {
	case found := <-job.found:
		w.Write([]byte(found))
	case <-r.Context().Done():
		return
	}
}

func (a *api) awaitCalled(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	job := &exportJob{ready: a.isReady, found: make(chan string, 1)}
	go job.lookOut(id)
	select {
	case found := <-job.found:
		w.Write([]byte(found))
	case <-r.Context().Done():
		a.audit("dropped")
		return
	}
}
