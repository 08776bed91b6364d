/** Stubs of clients of message brokers: what opens, subscribes and closes. */

export const nats = `package nats
import "time"
type Conn struct{}
func (*Conn) ChanSubscribe(subj string, ch chan *Msg) (*Subscription, error)
func (*Conn) Close()
func (*Conn) Drain() error
func (*Conn) Flush() error
func (*Conn) IsClosed() bool
func (*Conn) Publish(subj string, data []byte) error
func (*Conn) QueueSubscribe(subj string, queue string, cb MsgHandler) (*Subscription, error)
func (*Conn) QueueSubscribeSync(subj string, queue string) (*Subscription, error)
func (*Conn) Request(subj string, data []byte, timeout time.Duration) (*Msg, error)
func (*Conn) Subscribe(subj string, cb MsgHandler) (*Subscription, error)
func (*Conn) SubscribeSync(subj string) (*Subscription, error)
type Msg struct{Subject string; Reply string; Data []byte}
func (*Msg) Ack() error
func (*Msg) Respond(data []byte) error
type MsgHandler func(msg *Msg)
type Option func(*Options) error
type Options struct{Url string; Name string; Timeout time.Duration}
type Subscription struct{Subject string; Queue string}
func (*Subscription) AutoUnsubscribe(max int) error
func (*Subscription) Drain() error
func (*Subscription) NextMsg(timeout time.Duration) (*Msg, error)
func (*Subscription) Unsubscribe() error
func Connect(url string, options ...Option) (*Conn, error)
`;

/** github.com/rabbitmq/amqp091-go, and its former name github.com/streadway/amqp. */
export const amqp = `package amqp
type Acknowledger interface{Ack(tag uint64, multiple bool) error}
type Channel struct{}
func (*Channel) Cancel(consumer string, noWait bool) error
func (*Channel) Close() error
func (*Channel) Qos(prefetchCount int, prefetchSize int, global bool) error
type Config struct{Vhost string}
type Connection struct{}
func (*Connection) Channel() (*Channel, error)
func (*Connection) Close() error
func (*Connection) IsClosed() bool
func Dial(url string) (*Connection, error)
func DialConfig(url string, config Config) (*Connection, error)
`;

/** github.com/IBM/sarama, and its former name github.com/Shopify/sarama. */
export const sarama = `package sarama
type AsyncProducer interface{AsyncClose(); Close() error}
type Client interface{Close() error; Closed() bool; Topics() ([]string, error); Partitions(topic string) ([]int32, error)}
type ClusterAdmin interface{Close() error}
type Config struct{ClientID string}
type Consumer interface{Close() error; ConsumePartition(topic string, partition int32, offset int64) (PartitionConsumer, error); Topics() ([]string, error)}
type ConsumerGroup interface{Close() error}
type PartitionConsumer interface{AsyncClose(); Close() error}
type SyncProducer interface{Close() error}
func NewAsyncProducer(addrs []string, conf *Config) (AsyncProducer, error)
func NewClient(addrs []string, conf *Config) (Client, error)
func NewClusterAdmin(addrs []string, conf *Config) (ClusterAdmin, error)
func NewConfig() *Config
func NewConsumer(addrs []string, config *Config) (Consumer, error)
func NewConsumerGroup(addrs []string, groupID string, config *Config) (ConsumerGroup, error)
func NewSyncProducer(addrs []string, config *Config) (SyncProducer, error)
`;

/** github.com/twmb/franz-go/pkg/kgo */
export const kgo = `package kgo
import "context"
type Client struct{}
func (*Client) Close()
func (*Client) Flush(ctx context.Context) error
func (*Client) Ping(ctx context.Context) error
type Opt interface{}
func NewClient(opts ...Opt) (*Client, error)
`;

/** github.com/segmentio/kafka-go */
export const kafkaGo = `package kafka
import "context"
type Conn struct{}
func (*Conn) Close() error
type Message struct{Topic string; Key []byte; Value []byte}
type Reader struct{}
func (*Reader) Close() error
func (*Reader) CommitMessages(ctx context.Context, msgs ...Message) error
func (*Reader) FetchMessage(ctx context.Context) (Message, error)
func (*Reader) ReadMessage(ctx context.Context) (Message, error)
type ReaderConfig struct{Brokers []string; GroupID string; Topic string; Partition int; MinBytes int; MaxBytes int}
func Dial(network string, address string) (*Conn, error)
func DialContext(ctx context.Context, network string, address string) (*Conn, error)
func DialLeader(ctx context.Context, network string, address string, topic string, partition int) (*Conn, error)
func NewReader(config ReaderConfig) *Reader
`;
