/** Stubs of clients of message brokers: what opens, subscribes and closes. */

export const nats = `package nats
import "time"
type Conn struct{}
func (*Conn) ChanQueueSubscribe(subj string, group string, ch chan *Msg) (*Subscription, error)
func (*Conn) ChanSubscribe(subj string, ch chan *Msg) (*Subscription, error)
func (*Conn) Close()
func (*Conn) Drain() error
func (*Conn) Flush() error
func (*Conn) IsClosed() bool
func (*Conn) Publish(subj string, data []byte) error
func (*Conn) QueueSubscribe(subj string, queue string, cb MsgHandler) (*Subscription, error)
func (*Conn) QueueSubscribeSync(subj string, queue string) (*Subscription, error)
func (*Conn) QueueSubscribeSyncWithChan(subj string, queue string, ch chan *Msg) (*Subscription, error)
func (*Conn) Request(subj string, data []byte, timeout time.Duration) (*Msg, error)
func (*Conn) Subscribe(subj string, cb MsgHandler) (*Subscription, error)
func (*Conn) SubscribeSync(subj string) (*Subscription, error)
type Msg struct{Subject string; Reply string; Data []byte}
func (*Msg) Ack() error
func (*Msg) Respond(data []byte) error
type MsgHandler func(msg *Msg)
type Option func(*Options) error
type Options struct{Url string; Name string; Timeout time.Duration}
func (Options) Connect() (*Conn, error)
type Subscription struct{Subject string; Queue string}
func (*Subscription) AutoUnsubscribe(max int) error
func (*Subscription) Drain() error
func (*Subscription) NextMsg(timeout time.Duration) (*Msg, error)
func (*Subscription) Unsubscribe() error
func Connect(url string, options ...Option) (*Conn, error)
`;

/** github.com/rabbitmq/amqp091-go, and its former name github.com/streadway/amqp. */
export const amqp = `package amqp
import "crypto/tls"
type Acknowledger interface{Ack(tag uint64, multiple bool) error}
type Channel struct{}
func (*Channel) Cancel(consumer string, noWait bool) error
func (*Channel) Close() error
func (*Channel) Consume(queue string, consumer string, autoAck bool, exclusive bool, noLocal bool, noWait bool, args Table) (<-chan Delivery, error)
func (*Channel) Qos(prefetchCount int, prefetchSize int, global bool) error
type Config struct{Vhost string}
type Delivery struct{Body []byte; RoutingKey string}
func (Delivery) Ack(multiple bool) error
func (Delivery) Nack(multiple bool, requeue bool) error
type Table map[string]any
type Connection struct{}
func (*Connection) Channel() (*Channel, error)
func (*Connection) Close() error
func (*Connection) IsClosed() bool
func Dial(url string) (*Connection, error)
func DialConfig(url string, config Config) (*Connection, error)
func DialTLS(url string, amqps *tls.Config) (*Connection, error)
`;

/** github.com/IBM/sarama, and its former name github.com/Shopify/sarama. */
export const sarama = `package sarama
import "context"
type AsyncProducer interface{AsyncClose(); Close() error; Errors() <-chan *ProducerError; Input() chan<- *ProducerMessage; Successes() <-chan *ProducerMessage}
type Client interface{Close() error; Closed() bool; Topics() ([]string, error); Partitions(topic string) ([]int32, error)}
type ClusterAdmin interface{Close() error}
type Config struct{ClientID string}
type Consumer interface{Close() error; ConsumePartition(topic string, partition int32, offset int64) (PartitionConsumer, error); Topics() ([]string, error)}
type ConsumerError struct{Topic string; Partition int32; Err error}
type ConsumerGroup interface{Close() error; Consume(ctx context.Context, topics []string, handler ConsumerGroupHandler) error; Errors() <-chan error}
type ConsumerGroupHandler interface{}
type ConsumerMessage struct{Key []byte; Value []byte; Topic string; Partition int32; Offset int64}
type OffsetManager interface{Close() error; Commit()}
type PartitionConsumer interface{AsyncClose(); Close() error; Errors() <-chan *ConsumerError; Messages() <-chan *ConsumerMessage}
type ProducerError struct{Msg *ProducerMessage; Err error}
type ProducerMessage struct{Topic string; Partition int32; Offset int64}
type SyncProducer interface{Close() error; SendMessage(msg *ProducerMessage) (partition int32, offset int64, err error)}
func NewAsyncProducer(addrs []string, conf *Config) (AsyncProducer, error)
func NewAsyncProducerFromClient(client Client) (AsyncProducer, error)
func NewClient(addrs []string, conf *Config) (Client, error)
func NewClusterAdmin(addrs []string, conf *Config) (ClusterAdmin, error)
func NewClusterAdminFromClient(client Client) (ClusterAdmin, error)
func NewConfig() *Config
func NewConsumer(addrs []string, config *Config) (Consumer, error)
func NewConsumerFromClient(client Client) (Consumer, error)
func NewConsumerGroup(addrs []string, groupID string, config *Config) (ConsumerGroup, error)
func NewConsumerGroupFromClient(groupID string, client Client) (ConsumerGroup, error)
func NewOffsetManagerFromClient(group string, client Client) (OffsetManager, error)
func NewSyncProducer(addrs []string, config *Config) (SyncProducer, error)
func NewSyncProducerFromClient(client Client) (SyncProducer, error)
`;

/** github.com/twmb/franz-go/pkg/kgo */
export const kgo = `package kgo
import "context"
type Client struct{}
func (*Client) Close()
func (*Client) CloseAllowingRebalance()
func (*Client) Flush(ctx context.Context) error
func (*Client) Ping(ctx context.Context) error
func (*Client) PollFetches(ctx context.Context) Fetches
func (*Client) PollRecords(ctx context.Context, maxPollRecords int) Fetches
type Fetches []Fetch
type Fetch struct{}
type Opt interface{}
func NewClient(opts ...Opt) (*Client, error)
`;

/** github.com/segmentio/kafka-go */
export const kafkaGo = `package kafka
import "context"
import "time"
type Conn struct{}
func (*Conn) Close() error
func (*Conn) WriteMessages(msgs ...Message) (int, error)
type ConsumerGroup struct{}
func (*ConsumerGroup) Close() error
type ConsumerGroupConfig struct{ID string; Brokers []string; Topics []string}
type Dialer struct{ClientID string; Timeout time.Duration}
func (*Dialer) Dial(network string, address string) (*Conn, error)
func (*Dialer) DialContext(ctx context.Context, network string, address string) (*Conn, error)
func (*Dialer) DialLeader(ctx context.Context, network string, address string, topic string, partition int) (*Conn, error)
func (*Dialer) DialPartition(ctx context.Context, network string, address string, partition Partition) (*Conn, error)
type Message struct{Topic string; Key []byte; Value []byte}
type Partition struct{Topic string; ID int}
type Reader struct{}
func (*Reader) Close() error
func (*Reader) CommitMessages(ctx context.Context, msgs ...Message) error
func (*Reader) FetchMessage(ctx context.Context) (Message, error)
func (*Reader) ReadMessage(ctx context.Context) (Message, error)
type ReaderConfig struct{Brokers []string; GroupID string; Topic string; Partition int; MinBytes int; MaxBytes int}
type Writer struct{Topic string}
func (*Writer) Close() error
func (*Writer) WriteMessages(ctx context.Context, msgs ...Message) error
type WriterConfig struct{Brokers []string; Topic string}
func Dial(network string, address string) (*Conn, error)
func DialContext(ctx context.Context, network string, address string) (*Conn, error)
func DialLeader(ctx context.Context, network string, address string, topic string, partition int) (*Conn, error)
func DialPartition(ctx context.Context, network string, address string, partition Partition) (*Conn, error)
func NewConsumerGroup(config ConsumerGroupConfig) (*ConsumerGroup, error)
func NewReader(config ReaderConfig) *Reader
func NewWriter(config WriterConfig) *Writer
`;
