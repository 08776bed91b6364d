package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"time"
)

// Mailer tells people where their parcels are.
type Mailer interface {
	Send(ctx context.Context, to, text string) error
}

type logMailer struct{}

func (logMailer) Send(_ context.Context, to, text string) error {
	log.Printf("mail to %s: %s", to, text)
	return nil
}

// API serves parcels over HTTP.
type API struct {
	store   *Store
	carrier *Carrier
	mailer  Mailer
}

// Routes returns the handler of all routes.
func (a *API) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /parcels/{id}", a.show)
	mux.HandleFunc("GET /parcels/{id}/events", a.events)
	mux.HandleFunc("POST /parcels/{id}/refresh", a.refresh)
	mux.HandleFunc("GET /healthz", a.health)
	return mux
}

func (a *API) show(w http.ResponseWriter, r *http.Request) {
	p, err := a.store.Get(r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(p); err != nil {
		log.Printf("show %s: %v", p.ID, err)
	}
}

// events sends the parcel, as one line of JSON, whenever it changes, until the client goes away.
func (a *API) events(w http.ResponseWriter, r *http.Request) {
	changes := make(chan Parcel, 1)
	a.store.Watch(r.PathValue("id"), func(p Parcel) {
		select {
		case changes <- p:
		default:
		}
	})
	for {
		select {
		case p := <-changes:
			if err := json.NewEncoder(w).Encode(p); err != nil {
				return
			}
			http.NewResponseController(w).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

// refresh asks the carrier, stores the answer and mails it.
func (a *API) refresh(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	status, err := a.carrier.StatusWithin(r.Context(), id, 3*time.Second)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	if err := a.store.SetStatus(id, status); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	go func() {
		p, err := a.store.Get(id)
		if err != nil {
			return
		}
		if err := a.mailer.Send(context.Background(), p.Email, "Your parcel is "+status); err != nil {
			log.Printf("mail about %s: %v", id, err)
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

func (a *API) health(w http.ResponseWriter, r *http.Request) {
	if err := a.carrier.Ping(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}
