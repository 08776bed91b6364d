package libraries

import (
	"context"
	"net/http"

	coder "github.com/coder/websocket"
	"github.com/fsnotify/fsnotify"
	"github.com/gorilla/websocket"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	health "google.golang.org/grpc/health/grpc_health_v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	watchtools "k8s.io/client-go/tools/watch"
)

func invoke(ctx context.Context, target string, req, res any) error {
	conn, err := grpc.NewClient(target) // want "`conn` is not closed"
	if err != nil {
		return err
	}
	return conn.Invoke(ctx, "/a/B", req, res)
}

func firstEvent(name string) (fsnotify.Event, error) {
	w, err := fsnotify.NewBufferedWatcher(8) // want "`w` is not closed"
	if err != nil {
		return fsnotify.Event{}, err
	}
	if err := w.Add(name); err != nil {
		w.Close()
		return fsnotify.Event{}, err
	}
	return <-w.Events, nil
}

func greet(w http.ResponseWriter, r *http.Request, up *websocket.Upgrader) error {
	conn, err := up.Upgrade(w, r, nil) // want "`conn` is not closed"
	if err != nil {
		return err
	}
	return conn.WriteMessage(1, []byte("hello"))
}

func ask(ctx context.Context, url string) ([]byte, error) {
	conn, _, err := coder.Dial(ctx, url, nil) // want "`conn` is not closed"
	if err != nil {
		return nil, err
	}
	_, answer, err := conn.Read(ctx)
	return answer, err
}

func traced(r *http.Request, tracer trace.Tracer, work func(context.Context)) {
	ctx, span := tracer.Start(r.Context(), "work") // want "`span` is not ended"
	span.AddEvent("begins")
	work(ctx)
}

func firstPodEvent(ctx context.Context, client kubernetes.Interface) (any, error) {
	w, err := client.CoreV1().Pods("default").Watch(ctx, metav1.ListOptions{}) // want "`w` is not closed"
	if err != nil {
		return nil, err
	}
	event := <-w.ResultChan()
	return event.Object, nil
}

func untilJob(ctx context.Context, client *kubernetes.Clientset, done func(any) bool) error {
	w, err := client.BatchV1().Jobs("default").Watch(ctx, metav1.ListOptions{}) // want "`w` is not closed"
	if err != nil {
		return err
	}
	for event := range w.ResultChan() {
		if done(event.Object) {
			return nil
		}
	}
	return ctx.Err()
}

func retried(source cache.Watcher) (any, error) {
	w, err := watchtools.NewRetryWatcher("1", source) // want "`w` is not closed"
	if err != nil {
		return nil, err
	}
	event := <-w.ResultChan()
	return event.Object, nil
}

type prober struct {
	conn   *grpc.ClientConn
	health health.HealthClient
}

// Generated clients leave the connection to who made it.
func newProber(ctx context.Context, target string) (*prober, error) {
	conn, err := grpc.NewClient(target) // want "`conn` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	p := &prober{health: health.NewHealthClient(conn)}
	if _, err := p.health.Check(ctx, &health.HealthCheckRequest{}); err != nil {
		return nil, err
	}
	p.conn = conn
	return p, nil
}
