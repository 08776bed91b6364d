/** Clients of brokers, stores and tracing: each has goroutines or connections until it is closed. */
import type { Acquires, ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';
import { body } from './http.ts';

const client: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'client' };
const conn: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'conn' };
const opens: ApiFact = { acquires: client };
const withContext: ApiFact = { blocks: 'io', takesContext: 0 };

/** A subscription ends with its connection. */
const subscribes: ApiFact = {
  acquires: {
    result: 0,
    error: 1,
    release: ['Unsubscribe', 'Drain', 'AutoUnsubscribe'],
    kind: 'subscription',
    endsWithReceiver: true,
  },
};

const nats: FactTable = {
  ...each('Connect Options.Connect', { acquires: { ...client, release: ['Close', 'Drain'] }, blocks: 'io' }),
  ...each('Conn.Subscribe Conn.QueueSubscribe Conn.ChanSubscribe Conn.ChanQueueSubscribe', {
    ...subscribes,
    startsGoroutine: true,
  }),
  ...each('Conn.SubscribeSync Conn.QueueSubscribeSync Conn.QueueSubscribeSyncWithChan', subscribes),
};

const writes: ApiFact = { blocks: 'io', contextOptions: { param: 1, type: 'WriteOptions' } };

/** What takes options, by their type and place. */
const consul: FactTable = {
  ...each('KV.Get KV.List Session.Info', { blocks: 'io', contextOptions: { param: 1, type: 'QueryOptions' } }),
  'KV.Keys': { blocks: 'io', contextOptions: { param: 2, type: 'QueryOptions' } },
  'Catalog.Services': { blocks: 'io', contextOptions: { param: 0, type: 'QueryOptions' } },
  'Health.Service': { blocks: 'io', contextOptions: { param: 3, type: 'QueryOptions' } },
  ...each('KV.Acquire KV.CAS KV.Delete KV.DeleteTree KV.Put KV.Release', writes),
  ...each('Session.Create Session.CreateNoChecks Session.Destroy Session.Renew', writes),
};

const amqp: FactTable = {
  ...each('Dial DialConfig DialTLS', { acquires: client, blocks: 'io' }),
  'Connection.Channel': { acquires: { ...client, endsWithReceiver: true }, blocks: 'io' },
  'Channel.Consume': { blocks: 'io' },
};

const asynchronous: ApiFact = { acquires: { ...client, release: ['Close', 'AsyncClose'] }, startsGoroutine: true };
const sarama: FactTable = {
  ...each('NewClient NewClusterAdmin NewConsumer NewConsumerGroup NewSyncProducer', {
    ...opens,
    startsGoroutine: true,
  }),
  // What is made from a client leaves that open.
  ...each('NewClusterAdminFromClient NewConsumerFromClient NewSyncProducerFromClient', {
    ...opens,
    startsGoroutine: true,
    keepsWithoutClosing: [0],
  }),
  ...each('NewConsumerGroupFromClient NewOffsetManagerFromClient', {
    ...opens,
    startsGoroutine: true,
    keepsWithoutClosing: [1],
  }),
  NewAsyncProducerFromClient: { ...asynchronous, keepsWithoutClosing: [0] },
  'ConsumerGroup.Consume': { blocks: 'sync', takesContext: 0 },
  NewAsyncProducer: asynchronous,
  'Consumer.ConsumePartition': asynchronous,
};

const subscription: ApiFact = {
  acquires: { result: 0, release: ['Close'], kind: 'subscription' },
  takesContext: 0,
};
const madeClient: ApiFact = { acquires: { result: 0, release: ['Close'], kind: 'client' } };
const redis: FactTable = {
  ...each('NewClient NewClusterClient NewFailoverClient NewFailoverClusterClient', madeClient),
  ...each('NewRing NewSentinelClient NewUniversalClient', madeClient),
  ...each('Client.Subscribe Client.PSubscribe ClusterClient.Subscribe ClusterClient.PSubscribe', subscription),
  ...each('Ring.Subscribe Ring.PSubscribe SentinelClient.Subscribe SentinelClient.PSubscribe', subscription),
  ...each('UniversalClient.Subscribe UniversalClient.PSubscribe', subscription),
  ...each('PubSub.Receive PubSub.ReceiveMessage PubSub.Ping PubSub.Unsubscribe', withContext),
};

const cursor: ApiFact = { ...withContext, acquires: { result: 0, error: 1, release: ['Close'], kind: 'cursor' } };

const disconnects: Acquires = { ...client, release: ['Disconnect'] };
const mongo: FactTable = {
  ...each('Collection.Find Collection.Aggregate Database.Aggregate', cursor),
  ...each('Database.ListCollections Database.RunCommandCursor', cursor),
  ...each('Collection.Watch Database.Watch Client.Watch', cursor),
  'Client.StartSession': { acquires: { result: 0, error: 1, release: ['EndSession'], kind: 'closer' } },
  ...each('Client.Ping Cursor.TryNext ChangeStream.TryNext ChangeStream.Next', withContext),
  'Cursor.All': { ...withContext, releasesReceiver: 'always' },
  // At its end a cursor holds nothing any more.
  'Cursor.Next': { ...withContext, releasesReceiver: 'whenFalse' },
  ...each('Cursor.Close ChangeStream.Close Client.Disconnect', { ...withContext, releasesReceiver: 'always' }),
  'Session.EndSession': { takesContext: 0, releasesReceiver: 'always' },
};

const websocket: FactTable = {
  Accept: { acquires: { ...conn, release: ['CloseNow', 'Close'] } },
  // The body of the response needs no Close.
  Dial: { ...withContext, acquires: { ...conn, release: ['CloseNow', 'Close'], error: 2 } },
  ...each('Conn.CloseRead Conn.Ping Conn.Read Conn.Write', withContext),
};

export const clientFacts: FactTable = {
  ...under('github.com/hashicorp/consul/api', consul),
  ...under('github.com/nats-io/nats.go', nats),
  ...under('github.com/rabbitmq/amqp091-go', amqp),
  ...under('github.com/streadway/amqp', amqp),
  ...under('github.com/IBM/sarama', sarama),
  ...under('github.com/Shopify/sarama', sarama),
  ...under('github.com/twmb/franz-go/pkg/kgo', {
    NewClient: { acquires: { ...client, release: ['Close', 'CloseAllowingRebalance'] }, startsGoroutine: true },
    ...each('Client.Flush Client.Ping Client.PollFetches Client.PollRecords', withContext),
  }),
  ...under('github.com/segmentio/kafka-go', {
    Dial: { acquires: conn, blocks: 'io', contextVariant: 'DialContext' },
    'Dialer.Dial': { acquires: conn, blocks: 'io', contextVariant: 'DialContext' },
    ...each('DialContext DialLeader DialPartition', { ...withContext, acquires: conn }),
    ...each('Dialer.DialContext Dialer.DialLeader Dialer.DialPartition', { ...withContext, acquires: conn }),
    NewConsumerGroup: { ...opens, startsGoroutine: true },
    NewWriter: madeClient,
    'Writer.WriteMessages': withContext,
    NewReader: { acquires: { result: 0, release: ['Close'], kind: 'client' }, startsGoroutine: true },
    ...each('Reader.CommitMessages Reader.FetchMessage Reader.ReadMessage', withContext),
  }),
  ...under('go.etcd.io/etcd/client/v3', {
    ...each('New NewFromURL NewFromURLs', { ...opens, startsGoroutine: true }),
    ...each('NewLease NewWatcher', madeClient),
    // Both end with the context.
    'Watcher.Watch': { startsGoroutine: true, takesContext: 0 },
    'Lease.KeepAlive': { blocks: 'io', startsGoroutine: true, takesContext: 0 },
    ...each('Lease.Grant Lease.Revoke Lease.KeepAliveOnce Watcher.RequestProgress', withContext),
  }),
  ...under('go.etcd.io/etcd/client/v3/concurrency', {
    NewSession: { ...opens, acquires: { ...client, release: ['Close', 'Orphan'] }, startsGoroutine: true },
    NewMutex: { keepsWithoutClosing: [0] },
    ...each('Mutex.Lock Mutex.Unlock', withContext),
  }),
  ...under('github.com/redis/go-redis/v9', redis),
  ...under('github.com/go-redis/redis/v8', redis),
  ...under('go.mongodb.org/mongo-driver/mongo', { ...mongo, Connect: { takesContext: 0, acquires: disconnects } }),
  ...under('go.mongodb.org/mongo-driver/v2/mongo', { ...mongo, Connect: { acquires: disconnects } }),
  'go.opentelemetry.io/otel/trace.Tracer.Start': {
    acquires: { result: 1, release: ['End'], kind: 'span' },
    takesContext: 0,
  },
  // An object is the body of an HTTP response.
  ...under('github.com/aws/aws-sdk-go-v2/service/s3', {
    ...each('Client.GetObject Client.GetObjectTorrent', { ...withContext, acquires: body }),
  }),
  ...under('github.com/aws/aws-sdk-go/service/s3', {
    'S3.GetObject': { acquires: body, blocks: 'io' },
    'S3.GetObjectWithContext': { ...withContext, acquires: body },
  }),
  ...under('github.com/coder/websocket', websocket),
  ...under('nhooyr.io/websocket', websocket),
};
