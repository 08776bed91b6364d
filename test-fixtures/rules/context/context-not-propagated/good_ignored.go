package contextnotpropagated

import (
	"context"
	"net/http"
)

// The callee cannot wait for a context that it does not look at.
func notFound(w http.ResponseWriter, r *http.Request) {
	reply(context.TODO(), w, r.URL.Path)
}

func reply(ctx context.Context, w http.ResponseWriter, message string) {
	writeText(ctx, w, message)
}

func writeText(_ context.Context, w http.ResponseWriter, message string) {
	http.Error(w, message, http.StatusNotFound)
}
