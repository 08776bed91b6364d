/** Stubs of clients of stores and clusters, and of tracing: what opens, watches and closes. */

/** go.etcd.io/etcd/client/v3 */
export const etcd = `package clientv3
import "context"
import "time"
type Client struct{Lease; Watcher; Username string; Password string}
func (*Client) Close() error
func (*Client) Ctx() context.Context
func (*Client) Endpoints() []string
type Config struct{Endpoints []string; DialTimeout time.Duration; Username string; Password string}
type Lease interface{Grant(ctx context.Context, ttl int64) (*LeaseGrantResponse, error); Revoke(ctx context.Context, id LeaseID) (*LeaseRevokeResponse, error); KeepAlive(ctx context.Context, id LeaseID) (<-chan *LeaseKeepAliveResponse, error); KeepAliveOnce(ctx context.Context, id LeaseID) (*LeaseKeepAliveResponse, error); Close() error}
type LeaseGrantResponse struct{ID LeaseID; TTL int64}
type LeaseID int64
type LeaseKeepAliveResponse struct{ID LeaseID; TTL int64}
type LeaseRevokeResponse struct{}
type OpOption func(op *Op)
type Op struct{}
type WatchChan <-chan WatchResponse
type WatchResponse struct{Canceled bool; CompactRevision int64}
func (*WatchResponse) Err() error
type Watcher interface{Watch(ctx context.Context, key string, opts ...OpOption) WatchChan; RequestProgress(ctx context.Context) error; Close() error}
func New(cfg Config) (*Client, error)
func NewFromURL(url string) (*Client, error)
func NewFromURLs(urls []string) (*Client, error)
func NewLease(c *Client) Lease
func NewWatcher(c *Client) Watcher
func WithPrefix() OpOption
`;

/** go.etcd.io/etcd/client/v3/concurrency */
export const etcdConcurrency = `package concurrency
import "context"
import clientv3 "go.etcd.io/etcd/client/v3"
type Mutex struct{}
func (*Mutex) Lock(ctx context.Context) error
func (*Mutex) Unlock(ctx context.Context) error
type Session struct{}
func (*Session) Close() error
func (*Session) Done() <-chan struct{}
func (*Session) Lease() clientv3.LeaseID
func (*Session) Orphan()
type SessionOption func(options any)
func NewMutex(s *Session, pfx string) *Mutex
func NewSession(client *clientv3.Client, opts ...SessionOption) (*Session, error)
`;

/** github.com/redis/go-redis/v9, and its former name github.com/go-redis/redis. */
export const redis = `package redis
import "context"
type Client struct{}
func (*Client) Close() error
func (*Client) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (*Client) Subscribe(ctx context.Context, channels ...string) *PubSub
type ClusterClient struct{}
func (*ClusterClient) Close() error
func (*ClusterClient) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (*ClusterClient) Subscribe(ctx context.Context, channels ...string) *PubSub
type ClusterOptions struct{Addrs []string}
type FailoverOptions struct{MasterName string; SentinelAddrs []string}
type Message struct{Channel string; Pattern string; Payload string}
type Options struct{Network string; Addr string; Username string; Password string; DB int}
type PubSub struct{}
func (*PubSub) Close() error
func (*PubSub) Ping(ctx context.Context, payload ...string) error
func (*PubSub) Receive(ctx context.Context) (any, error)
func (*PubSub) ReceiveMessage(ctx context.Context) (*Message, error)
func (*PubSub) Unsubscribe(ctx context.Context, channels ...string) error
type Ring struct{}
func (*Ring) Close() error
func (*Ring) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (*Ring) Subscribe(ctx context.Context, channels ...string) *PubSub
type RingOptions struct{Addrs map[string]string}
type SentinelClient struct{}
func (*SentinelClient) Close() error
func (*SentinelClient) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (*SentinelClient) Subscribe(ctx context.Context, channels ...string) *PubSub
type UniversalClient interface{Close() error; PSubscribe(ctx context.Context, channels ...string) *PubSub; Subscribe(ctx context.Context, channels ...string) *PubSub}
type UniversalOptions struct{Addrs []string; DB int; MasterName string}
func NewClient(opt *Options) *Client
func NewClusterClient(opt *ClusterOptions) *ClusterClient
func NewFailoverClient(failoverOpt *FailoverOptions) *Client
func NewFailoverClusterClient(failoverOpt *FailoverOptions) *ClusterClient
func NewRing(opt *RingOptions) *Ring
func NewSentinelClient(opt *Options) *SentinelClient
func NewUniversalClient(opts *UniversalOptions) UniversalClient
`;

/** go.mongodb.org/mongo-driver/mongo, and version 2 at go.mongodb.org/mongo-driver/v2/mongo. */
export function mongo(version: 1 | 2): string {
  const session =
    version === 1
      ? `type Session interface{EndSession(ctx context.Context); StartTransaction(opts ...any) error; AbortTransaction(ctx context.Context) error; CommitTransaction(ctx context.Context) error}
func (*Client) StartSession(opts ...any) (Session, error)
func Connect(ctx context.Context, opts ...any) (*Client, error)`
      : `type Session struct{}
func (*Session) AbortTransaction(ctx context.Context) error
func (*Session) CommitTransaction(ctx context.Context) error
func (*Session) EndSession(ctx context.Context)
func (*Session) StartTransaction(opts ...any) error
func (*Client) StartSession(opts ...any) (*Session, error)
func Connect(opts ...any) (*Client, error)`;
  return `package mongo
import "context"
type ChangeStream struct{}
func (*ChangeStream) Close(ctx context.Context) error
func (*ChangeStream) Decode(val any) error
func (*ChangeStream) Err() error
func (*ChangeStream) Next(ctx context.Context) bool
func (*ChangeStream) TryNext(ctx context.Context) bool
type Client struct{}
func (*Client) Database(name string, opts ...any) *Database
func (*Client) Disconnect(ctx context.Context) error
func (*Client) Ping(ctx context.Context, rp any) error
func (*Client) Watch(ctx context.Context, pipeline any, opts ...any) (*ChangeStream, error)
type Collection struct{}
func (*Collection) Aggregate(ctx context.Context, pipeline any, opts ...any) (*Cursor, error)
func (*Collection) Find(ctx context.Context, filter any, opts ...any) (*Cursor, error)
func (*Collection) Watch(ctx context.Context, pipeline any, opts ...any) (*ChangeStream, error)
type Cursor struct{}
func (*Cursor) All(ctx context.Context, results any) error
func (*Cursor) Close(ctx context.Context) error
func (*Cursor) Decode(val any) error
func (*Cursor) Err() error
func (*Cursor) Next(ctx context.Context) bool
func (*Cursor) TryNext(ctx context.Context) bool
type Database struct{}
func (*Database) Aggregate(ctx context.Context, pipeline any, opts ...any) (*Cursor, error)
func (*Database) Collection(name string, opts ...any) *Collection
func (*Database) ListCollections(ctx context.Context, filter any, opts ...any) (*Cursor, error)
func (*Database) RunCommandCursor(ctx context.Context, runCommand any, opts ...any) (*Cursor, error)
func (*Database) Watch(ctx context.Context, pipeline any, opts ...any) (*ChangeStream, error)
${session}
`;
}

/** go.opentelemetry.io/otel/trace */
export const otelTrace = `package trace
import "context"
type Span interface{End(options ...any); AddEvent(name string, options ...any); IsRecording() bool; RecordError(err error, options ...any); SetName(name string); SetAttributes(kv ...any); SetStatus(code uint32, description string)}
type SpanStartOption interface{}
type Tracer interface{Start(ctx context.Context, spanName string, opts ...SpanStartOption) (context.Context, Span)}
type TracerProvider interface{Tracer(name string, options ...any) Tracer}
`;

/** go.opentelemetry.io/otel */
export const otel = `package otel
import "go.opentelemetry.io/otel/trace"
func GetTracerProvider() trace.TracerProvider
func Tracer(name string, opts ...any) trace.Tracer
`;

/** github.com/coder/websocket, and its former name nhooyr.io/websocket. */
export const coderWebsocket = `package websocket
import "context"
import "net/http"
type AcceptOptions struct{Subprotocols []string; InsecureSkipVerify bool; OriginPatterns []string}
type Conn struct{}
func (*Conn) Close(code StatusCode, reason string) error
func (*Conn) CloseNow() error
func (*Conn) CloseRead(ctx context.Context) context.Context
func (*Conn) Ping(ctx context.Context) error
func (*Conn) Read(ctx context.Context) (MessageType, []byte, error)
func (*Conn) SetReadLimit(n int64)
func (*Conn) Write(ctx context.Context, typ MessageType, p []byte) error
type DialOptions struct{HTTPClient *http.Client; HTTPHeader http.Header; Subprotocols []string}
type MessageType int
type StatusCode int
func Accept(w http.ResponseWriter, r *http.Request, opts *AcceptOptions) (*Conn, error)
func Dial(ctx context.Context, u string, opts *DialOptions) (*Conn, *http.Response, error)
`;

/** github.com/hashicorp/consul/api: the options of a call may carry a context. */
export const consul = `package api
import "context"
type Client struct{}
func (*Client) Catalog() *Catalog
func (*Client) Health() *Health
func (*Client) KV() *KV
func (*Client) Session() *Session
type Catalog struct{}
func (*Catalog) Services(q *QueryOptions) (map[string][]string, *QueryMeta, error)
type Config struct{Address string; Datacenter string; Token string}
type Health struct{}
func (*Health) Service(service, tag string, passingOnly bool, q *QueryOptions) ([]*ServiceEntry, *QueryMeta, error)
type KV struct{}
func (*KV) Acquire(p *KVPair, q *WriteOptions) (bool, *WriteMeta, error)
func (*KV) CAS(p *KVPair, q *WriteOptions) (bool, *WriteMeta, error)
func (*KV) Delete(key string, w *WriteOptions) (*WriteMeta, error)
func (*KV) DeleteTree(prefix string, w *WriteOptions) (*WriteMeta, error)
func (*KV) Get(key string, q *QueryOptions) (*KVPair, *QueryMeta, error)
func (*KV) Keys(prefix, separator string, q *QueryOptions) ([]string, *QueryMeta, error)
func (*KV) List(prefix string, q *QueryOptions) (KVPairs, *QueryMeta, error)
func (*KV) Put(p *KVPair, q *WriteOptions) (*WriteMeta, error)
func (*KV) Release(p *KVPair, q *WriteOptions) (bool, *WriteMeta, error)
type KVPair struct{Key string; Value []byte; Session string}
type KVPairs []*KVPair
type QueryMeta struct{LastIndex uint64}
type QueryOptions struct{Datacenter string; WaitIndex uint64}
func (*QueryOptions) WithContext(ctx context.Context) *QueryOptions
type ServiceEntry struct{}
type Session struct{}
func (*Session) Create(se *SessionEntry, q *WriteOptions) (string, *WriteMeta, error)
func (*Session) CreateNoChecks(se *SessionEntry, q *WriteOptions) (string, *WriteMeta, error)
func (*Session) Destroy(id string, q *WriteOptions) (*WriteMeta, error)
func (*Session) Info(id string, q *QueryOptions) (*SessionEntry, *QueryMeta, error)
func (*Session) Renew(id string, q *WriteOptions) (*SessionEntry, *WriteMeta, error)
type SessionEntry struct{ID string; Name string; Node string; TTL string}
type WriteMeta struct{}
type WriteOptions struct{Datacenter string; Token string}
func (*WriteOptions) WithContext(ctx context.Context) *WriteOptions
func NewClient(config *Config) (*Client, error)
`;
