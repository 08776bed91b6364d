/** Clients of brokers, stores and tracing: each has goroutines or connections until it is closed. */
import type { Acquires, ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

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
  Connect: { acquires: { ...client, release: ['Close', 'Drain'] }, blocks: 'io' },
  ...each('Conn.Subscribe Conn.QueueSubscribe Conn.ChanSubscribe', { ...subscribes, startsGoroutine: true }),
  ...each('Conn.SubscribeSync Conn.QueueSubscribeSync', subscribes),
};

const amqp: FactTable = {
  ...each('Dial DialConfig', { acquires: client, blocks: 'io' }),
  'Connection.Channel': { acquires: { ...client, endsWithReceiver: true }, blocks: 'io' },
};

const asynchronous: ApiFact = { acquires: { ...client, release: ['Close', 'AsyncClose'] }, startsGoroutine: true };
const sarama: FactTable = {
  ...each('NewClient NewClusterAdmin NewConsumer NewConsumerGroup NewSyncProducer', {
    ...opens,
    startsGoroutine: true,
  }),
  NewAsyncProducer: asynchronous,
  'Consumer.ConsumePartition': asynchronous,
};

const subscription: ApiFact = {
  acquires: { result: 0, release: ['Close'], kind: 'subscription' },
  takesContext: 0,
};
const redis: FactTable = {
  ...each('NewClient NewClusterClient', { acquires: { result: 0, release: ['Close'], kind: 'client' } }),
  ...each('Client.Subscribe Client.PSubscribe ClusterClient.Subscribe ClusterClient.PSubscribe', subscription),
  ...each('PubSub.Receive PubSub.ReceiveMessage PubSub.Ping PubSub.Unsubscribe', withContext),
};

const cursor: ApiFact = { ...withContext, acquires: { result: 0, error: 1, release: ['Close'], kind: 'cursor' } };

const websocket: FactTable = {
  Accept: { acquires: { ...conn, release: ['CloseNow', 'Close'] } },
  // The body of the response needs no Close.
  Dial: { ...withContext, acquires: { ...conn, release: ['CloseNow', 'Close'], error: 2 } },
  ...each('Conn.CloseRead Conn.Ping Conn.Read Conn.Write', withContext),
};

export const clientFacts: FactTable = {
  ...under('github.com/nats-io/nats.go', nats),
  ...under('github.com/rabbitmq/amqp091-go', amqp),
  ...under('github.com/streadway/amqp', amqp),
  ...under('github.com/IBM/sarama', sarama),
  ...under('github.com/Shopify/sarama', sarama),
  'github.com/twmb/franz-go/pkg/kgo.NewClient': { ...opens, startsGoroutine: true },
  ...each('github.com/twmb/franz-go/pkg/kgo.Client.Flush github.com/twmb/franz-go/pkg/kgo.Client.Ping', withContext),
  ...under('github.com/segmentio/kafka-go', {
    Dial: { acquires: conn, blocks: 'io', contextVariant: 'DialContext' },
    ...each('DialContext DialLeader', { ...withContext, acquires: conn }),
    NewReader: { acquires: { result: 0, release: ['Close'], kind: 'client' }, startsGoroutine: true },
    ...each('Reader.CommitMessages Reader.FetchMessage Reader.ReadMessage', withContext),
  }),
  ...under('go.etcd.io/etcd/client/v3', each('New NewFromURL', { ...opens, startsGoroutine: true })),
  ...under('github.com/redis/go-redis/v9', redis),
  ...under('github.com/go-redis/redis/v8', redis),
  ...under('go.mongodb.org/mongo-driver/mongo', {
    ...each('Collection.Find Collection.Aggregate Collection.Watch', cursor),
    'Cursor.All': { ...withContext, releasesReceiver: 'always' },
    ...each('Cursor.Next ChangeStream.Next', withContext),
    ...each('Cursor.Close ChangeStream.Close', { ...withContext, releasesReceiver: 'always' }),
  }),
  'go.opentelemetry.io/otel/trace.Tracer.Start': {
    acquires: { result: 1, release: ['End'], kind: 'span' },
    takesContext: 0,
  },
  ...under('github.com/coder/websocket', websocket),
  ...under('nhooyr.io/websocket', websocket),
};
