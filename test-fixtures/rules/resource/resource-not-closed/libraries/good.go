package libraries

import (
	"context"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.mongodb.org/mongo-driver/mongo"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	health "google.golang.org/grpc/health/grpc_health_v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
)

// A subscription ends with its connection.
func listenNats(url string, handle nats.MsgHandler, done <-chan struct{}) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Drain()
	if _, err := nc.Subscribe("a", handle); err != nil {
		return err
	}
	<-done
	return nil
}

// A channel ends with its connection.
func consume(url string, handle func([]byte)) error {
	conn, err := amqp.Dial(url)
	if err != nil {
		return err
	}
	defer conn.Close()
	ch, err := conn.Channel()
	if err != nil {
		return err
	}
	deliveries, err := ch.Consume("a", "", true, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		handle(d.Body)
	}
	return nil
}

func produce(addrs []string, msg *sarama.ProducerMessage) error {
	producer, err := sarama.NewAsyncProducer(addrs, nil)
	if err != nil {
		return err
	}
	defer producer.AsyncClose()
	producer.Input() <- msg
	return nil
}

// What is made from the client leaves it open, and the caller has it.
func group(client sarama.Client) (sarama.ConsumerGroup, error) {
	g, err := sarama.NewConsumerGroupFromClient("a", client)
	if err != nil {
		return nil, err
	}
	return g, nil
}

func leader(ctx context.Context) (*kafka.Conn, error) {
	return kafka.DialLeader(ctx, "tcp", "localhost:9092", "a", 0)
}

func receive(ctx context.Context, client *redis.Client, handle func(string)) error {
	sub := client.Subscribe(ctx, "a")
	defer sub.Close()
	for {
		msg, err := sub.ReceiveMessage(ctx)
		if err != nil {
			return err
		}
		handle(msg.Payload)
	}
}

// Watches and leases of etcd end with the context.
func watchKey(ctx context.Context, client *clientv3.Client) error {
	lease, err := client.Grant(ctx, 10)
	if err != nil {
		return err
	}
	if _, err := client.KeepAlive(ctx, lease.ID); err != nil {
		return err
	}
	for resp := range client.Watch(ctx, "a", clientv3.WithPrefix()) {
		if err := resp.Err(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func allDocuments(ctx context.Context, coll *mongo.Collection, to any) error {
	cursor, err := coll.Find(ctx, nil)
	if err != nil {
		return err
	}
	return cursor.All(ctx, to)
}

func eachDocument(ctx context.Context, coll *mongo.Collection, handle func(*mongo.Cursor) error) error {
	cursor, err := coll.Find(ctx, nil)
	if err != nil {
		return err
	}
	defer cursor.Close(ctx)
	for cursor.Next(ctx) {
		if err := handle(cursor); err != nil {
			return err
		}
	}
	return cursor.Err()
}

// Read to its end.
func count(ctx context.Context, coll *mongo.Collection) (n int, err error) {
	cursor, err := coll.Aggregate(ctx, nil)
	if err != nil {
		return 0, err
	}
	for cursor.Next(ctx) {
		n++
	}
	return n, cursor.Err()
}

func inSession(ctx context.Context, client *mongo.Client, work func(mongo.Session) error) error {
	session, err := client.StartSession()
	if err != nil {
		return err
	}
	defer session.EndSession(ctx)
	return work(session)
}

// A stream ends with its context.
func stream(ctx context.Context, conn *grpc.ClientConn, desc *grpc.StreamDesc, msg any) error {
	s, err := conn.NewStream(ctx, desc, "/a/B")
	if err != nil {
		return err
	}
	return s.RecvMsg(msg)
}

func span(ctx context.Context, tracer trace.Tracer, work func(context.Context)) {
	ctx, span := tracer.Start(ctx, "work")
	defer span.End()
	work(ctx)
}

func watchPods(ctx context.Context, client kubernetes.Interface, handle func(any)) error {
	w, err := client.CoreV1().Pods("default").Watch(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	defer w.Stop()
	for event := range w.ResultChan() {
		handle(event.Object)
	}
	return nil
}

// Informers run until the channel is closed.
func inform(client kubernetes.Interface, work func()) {
	stop := make(chan struct{})
	defer close(stop)
	factory := informers.NewSharedInformerFactory(client, 0)
	factory.Start(stop)
	factory.WaitForCacheSync(stop)
	work()
}

// Whoever has the client has the connection behind it.
func healthOf(target string) (health.HealthClient, error) {
	conn, err := grpc.NewClient(target)
	if err != nil {
		return nil, err
	}
	return health.NewHealthClient(conn), nil
}
