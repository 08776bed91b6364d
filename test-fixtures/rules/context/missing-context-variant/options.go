package missingcontextvariant

import (
	"context"

	consul "github.com/hashicorp/consul/api"
)

func lookUp(ctx context.Context, client *consul.Client, key string) ([]byte, error) {
	pair, _, err := client.KV().Get(key, nil) // want hint "missing-context-variant: `client.KV\\(\\).Get` knows nothing of `ctx`.*`new\\(consul.QueryOptions\\).WithContext` would end"
	if err != nil || pair == nil {
		return nil, err
	}
	return pair.Value, nil
}

func lead(ctx context.Context, client *consul.Client, pair *consul.KVPair) (bool, error) {
	id, _, err := client.Session().Create(&consul.SessionEntry{ // want hint "`client.Session\\(\\).Create` knows nothing of `ctx`"
		TTL: "10s",
	}, nil)
	if err != nil {
		return false, err
	}
	pair.Session = id
	kv := client.KV()
	got, _, err := kv.Acquire(pair, nil) // want hint "`kv.Acquire` knows nothing of `ctx`"
	return got, err
}

// Options that have it, options of somebody else, and no context at hand.
func optionsInUse(ctx context.Context, client *consul.Client, q *consul.QueryOptions) error {
	if _, _, err := client.KV().Get("a", new(consul.QueryOptions).WithContext(ctx)); err != nil {
		return err
	}
	_, _, err := client.KV().Get("b", q)
	return err
}

func withoutContext(client *consul.Client) error {
	_, _, err := client.KV().Get("a", nil)
	return err
}
