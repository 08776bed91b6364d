/** Stubs of clients of stores and clusters, and of tracing: what opens, watches and closes. */

/** go.etcd.io/etcd/client/v3 */
export const etcd = `package clientv3
import "context"
import "time"
type Client struct{Username string; Password string}
func (*Client) Close() error
func (*Client) Ctx() context.Context
func (*Client) Endpoints() []string
type Config struct{Endpoints []string; DialTimeout time.Duration; Username string; Password string}
func New(cfg Config) (*Client, error)
func NewFromURL(url string) (*Client, error)
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
type Message struct{Channel string; Pattern string; Payload string}
type Options struct{Network string; Addr string; Username string; Password string; DB int}
type PubSub struct{}
func (*PubSub) Close() error
func (*PubSub) Ping(ctx context.Context, payload ...string) error
func (*PubSub) Receive(ctx context.Context) (any, error)
func (*PubSub) ReceiveMessage(ctx context.Context) (*Message, error)
func (*PubSub) Unsubscribe(ctx context.Context, channels ...string) error
func NewClient(opt *Options) *Client
func NewClusterClient(opt *ClusterOptions) *ClusterClient
`;

/** go.mongodb.org/mongo-driver/mongo */
export const mongo = `package mongo
import "context"
type ChangeStream struct{}
func (*ChangeStream) Close(ctx context.Context) error
func (*ChangeStream) Decode(val any) error
func (*ChangeStream) Err() error
func (*ChangeStream) Next(ctx context.Context) bool
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
`;

/** k8s.io/apimachinery/pkg/watch */
export const k8sWatch = `package watch
type Event struct{Type EventType; Object any}
type EventType string
type Interface interface{Stop(); ResultChan() <-chan Event}
`;

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
