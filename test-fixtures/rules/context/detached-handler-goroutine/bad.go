package detachedhandlergoroutine

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/smtp"
	"time"
)

type user struct{ Name, Mail string }

type notifier interface {
	Notify(ctx context.Context, u user) error
}

type api struct {
	notify notifier
	db     *sql.DB
	events chan user
	ready  func() bool
}

// The request's context ends before the goroutine has done its work.
func (a *api) signUp(w http.ResponseWriter, r *http.Request) {
	u := user{Name: r.FormValue("name")}
	go a.notify.Notify(r.Context(), u) // want "detached-handler-goroutine: this goroutine outlives the handler, but `r.Context\\(\\)` is cancelled as soon as the handler returns"
	json.NewEncoder(w).Encode(u)
}

// The same in a literal, with a timeout derived from the request.
func (a *api) touch(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	go func() { // want "detached-handler-goroutine: .* `r.Context\\(\\)` is cancelled"
		ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
		defer cancel()
		a.db.ExecContext(ctx, "UPDATE users SET seen = now() WHERE id = $1", id)
	}()
	w.WriteHeader(http.StatusNoContent)
}

// A context derived in the handler dies with it too.
func (a *api) export(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() { // want "detached-handler-goroutine: .* `ctx` is cancelled"
		a.db.ExecContext(ctx, "CALL export_all()")
	}()
	w.WriteHeader(http.StatusAccepted)
}

type CreateRequest struct{ Name string }
type CreateResponse struct{ ID int }

// A gRPC method's context ends with the call.
func (a *api) Create(ctx context.Context, req *CreateRequest) (*CreateResponse, error) {
	go a.notify.Notify(ctx, user{Name: req.Name}) // want "detached-handler-goroutine: .* `ctx` is cancelled"
	return &CreateResponse{ID: 1}, nil
}

// A mail server that hangs keeps one goroutine per request.
func (a *api) contact(w http.ResponseWriter, r *http.Request) {
	text := []byte(r.FormValue("text"))
	go func() { // want "detached-handler-goroutine: this goroutine outlives the request and `smtp.SendMail` on line \\d+ has no timeout"
		smtp.SendMail("mail.internal:25", nil, "web@example.com", []string{"desk@example.com"}, text)
	}()
	w.WriteHeader(http.StatusAccepted)
}

func (a *api) audit(name string) {
	a.db.ExecContext(context.Background(), "INSERT INTO audit VALUES ($1)", name)
}

// The wait is in a function the goroutine calls.
func (a *api) logIn(w http.ResponseWriter, r *http.Request) {
	go a.audit(r.FormValue("name")) // want "detached-handler-goroutine: .* `a.db.ExecContext` on line \\d+ has no timeout"
	w.WriteHeader(http.StatusOK)
}

// The consumer of the channel may be slow or gone.
func (a *api) publish(w http.ResponseWriter, r *http.Request) {
	u := user{Mail: r.FormValue("mail")}
	go func() { // want "detached-handler-goroutine: .* `a.events <- …` on line \\d+ blocks for ever, once per request"
		a.events <- u
	}()
	w.WriteHeader(http.StatusAccepted)
}

// Polling without a limit.
func (a *api) warmUp(w http.ResponseWriter, r *http.Request) {
	go func() { // want "detached-handler-goroutine: .* polls on line \\d+ with no limit"
		for !a.ready() {
			time.Sleep(time.Second)
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

// The handler waits for what the goroutine finds out, unless the client goes away.
type exportJob struct {
	ready func(id string) bool
	found chan string
}

func (j *exportJob) lookOut(id string) {
	for !j.ready(id) {
		time.Sleep(time.Second)
	}
	j.found <- id
}

func (a *api) awaitExport(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	job := &exportJob{ready: a.isReady, found: make(chan string, 1)}
	go job.lookOut(id) // want "detached-handler-goroutine: this goroutine outlives the request and polls on line"
	select {
	case found := <-job.found:
		w.Write([]byte(found))
	case <-r.Context().Done():
		http.Error(w, "gone", http.StatusRequestTimeout)
		return
	}
}

func (a *api) isReady(id string) bool { return id != "" }
