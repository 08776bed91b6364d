/** Stubs of libraries whose values pin goroutines until they are closed: the parts that open, wait and close. */

export const rate = `package rate
import "context"
import "time"
type Limit float64
type Limiter struct{}
func (*Limiter) Allow() bool
func (*Limiter) AllowN(t time.Time, n int) bool
func (*Limiter) Burst() int
func (*Limiter) Limit() Limit
func (*Limiter) Reserve() *Reservation
func (*Limiter) ReserveN(t time.Time, n int) *Reservation
func (*Limiter) SetBurst(newBurst int)
func (*Limiter) SetLimit(newLimit Limit)
func (*Limiter) Tokens() float64
func (*Limiter) Wait(ctx context.Context) (err error)
func (*Limiter) WaitN(ctx context.Context, n int) (err error)
type Reservation struct{}
func (*Reservation) Cancel()
func (*Reservation) Delay() time.Duration
func (*Reservation) OK() bool
func Every(interval time.Duration) Limit
func NewLimiter(r Limit, b int) *Limiter
`;

export const fsnotify = `package fsnotify
type Event struct{Name string; Op Op}
func (Event) Has(op Op) bool
func (Event) String() string
type Op uint32
func (Op) Has(h Op) bool
func (Op) String() string
type Watcher struct{Events chan Event; Errors chan error}
func (*Watcher) Add(name string) error
func (*Watcher) Close() error
func (*Watcher) Remove(name string) error
func (*Watcher) WatchList() []string
func NewBufferedWatcher(sz uint) (*Watcher, error)
func NewWatcher() (*Watcher, error)
`;

export const websocket = `package websocket
import "context"
import "io"
import "net"
import "net/http"
import "time"
var DefaultDialer *Dialer
type Conn struct{}
func (*Conn) Close() error
func (*Conn) LocalAddr() net.Addr
func (*Conn) NextReader() (messageType int, r io.Reader, err error)
func (*Conn) NextWriter(messageType int) (io.WriteCloser, error)
func (*Conn) ReadJSON(v any) error
func (*Conn) ReadMessage() (messageType int, p []byte, err error)
func (*Conn) RemoteAddr() net.Addr
func (*Conn) SetPingHandler(h func(appData string) error)
func (*Conn) SetPongHandler(h func(appData string) error)
func (*Conn) SetReadDeadline(t time.Time) error
func (*Conn) SetReadLimit(limit int64)
func (*Conn) SetWriteDeadline(t time.Time) error
func (*Conn) WriteControl(messageType int, data []byte, deadline time.Time) error
func (*Conn) WriteJSON(v any) error
func (*Conn) WriteMessage(messageType int, data []byte) error
type Dialer struct{NetDial func(network string, addr string) (net.Conn, error); HandshakeTimeout time.Duration; ReadBufferSize int; WriteBufferSize int}
func (*Dialer) Dial(urlStr string, requestHeader http.Header) (*Conn, *http.Response, error)
func (*Dialer) DialContext(ctx context.Context, urlStr string, requestHeader http.Header) (*Conn, *http.Response, error)
type Upgrader struct{HandshakeTimeout time.Duration; ReadBufferSize int; WriteBufferSize int; CheckOrigin func(r *http.Request) bool}
func (*Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header) (*Conn, error)
`;

export const grpc = `package grpc
import "context"
import "net"
type CallOption interface{}
type ClientConn struct{}
func (*ClientConn) Close() error
func (*ClientConn) Invoke(ctx context.Context, method string, args any, reply any, opts ...CallOption) error
func (*ClientConn) NewStream(ctx context.Context, desc *StreamDesc, method string, opts ...CallOption) (ClientStream, error)
type ClientConnInterface interface{Invoke(ctx context.Context, method string, args any, reply any, opts ...CallOption) error; NewStream(ctx context.Context, desc *StreamDesc, method string, opts ...CallOption) (ClientStream, error)}
type ClientStream interface{CloseSend() error; Context() context.Context; SendMsg(m any) error; RecvMsg(m any) error}
type DialOption interface{}
type Server struct{}
func (*Server) GracefulStop()
func (*Server) Serve(lis net.Listener) error
func (*Server) Stop()
type ServerOption interface{}
type StreamDesc struct{StreamName string; ServerStreams bool; ClientStreams bool}
func Dial(target string, opts ...DialOption) (*ClientConn, error)
func DialContext(ctx context.Context, target string, opts ...DialOption) (conn *ClientConn, err error)
func NewClient(target string, opts ...DialOption) (conn *ClientConn, err error)
func NewServer(opt ...ServerOption) *Server
`;

export const grpcHealth = `package grpc_health_v1
import "context"
import "google.golang.org/grpc"
type HealthCheckRequest struct{Service string}
type HealthCheckResponse struct{Status int32}
type HealthClient interface{Check(ctx context.Context, in *HealthCheckRequest, opts ...grpc.CallOption) (*HealthCheckResponse, error)}
func NewHealthClient(cc grpc.ClientConnInterface) HealthClient
`;
