package libraries

import (
	"context"
	"net/http"

	"github.com/redis/go-redis/v9"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
	"go.mongodb.org/mongo-driver/mongo"
	mongo2 "go.mongodb.org/mongo-driver/v2/mongo"
)

func endpoints(cfg clientv3.Config) ([]string, error) {
	client, err := clientv3.New(cfg) // want "`client` is not closed"
	if err != nil {
		return nil, err
	}
	return client.Endpoints(), nil
}

func locked(ctx context.Context, client *clientv3.Client, work func()) error {
	session, err := concurrency.NewSession(client) // want "`session` is not closed"
	if err != nil {
		return err
	}
	mu := concurrency.NewMutex(session, "a")
	if err := mu.Lock(ctx); err != nil {
		return err
	}
	work()
	return mu.Unlock(ctx)
}

func nextMessage(ctx context.Context, client *redis.Client) (string, error) {
	sub := client.Subscribe(ctx, "a") // want "`sub` is not closed"
	msg, err := sub.ReceiveMessage(ctx)
	if err != nil {
		return "", err
	}
	return msg.Payload, nil
}

func nextMatching(ctx context.Context) (string, error) {
	client := redis.NewRing(&redis.RingOptions{}) // want "`client` is not closed"

	sub := client.PSubscribe(ctx, "a*") // want "`sub` is not closed"
	msg, err := sub.ReceiveMessage(ctx)
	if err != nil {
		return "", err
	}
	return msg.Payload, nil
}

func firstDocument(ctx context.Context, coll *mongo.Collection, to any) error {
	cursor, err := coll.Find(ctx, nil) // want "`cursor` is not closed"
	if err != nil {
		return err
	}
	if !cursor.Next(ctx) {
		return cursor.Err()
	}
	return cursor.Decode(to)
}

func total(r *http.Request, db *mongo2.Database) (n int64, err error) {
	cursor, err := db.Aggregate(r.Context(), nil) // want "`cursor` is not closed"
	if err != nil {
		return 0, err
	}
	if cursor.Next(r.Context()) {
		err = cursor.Decode(&n)
	}
	return n, err
}

func nextChange(ctx context.Context, coll *mongo.Collection) bool {
	stream, err := coll.Watch(ctx, nil) // want "`stream` is not closed"
	if err != nil {
		return false
	}
	return stream.Next(ctx)
}

func pingStore(ctx context.Context) error {
	client, err := mongo.Connect(ctx) // want "`client` is not closed"
	if err != nil {
		return err
	}
	return client.Ping(ctx, nil)
}
