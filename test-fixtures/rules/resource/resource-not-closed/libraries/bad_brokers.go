// Package libraries uses clients of brokers, stores and clusters.
package libraries

import (
	"context"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"
)

func publishNats(url string, data []byte) error {
	nc, err := nats.Connect(url) // want "`nc` is not closed on every way out"
	if err != nil {
		return err
	}
	return nc.Publish("a", data)
}

func countPartitions(addrs []string) (int, error) {
	client, err := sarama.NewClient(addrs, sarama.NewConfig()) // want "`client` is not closed"
	if err != nil {
		return 0, err
	}
	partitions, err := client.Partitions("a")
	return len(partitions), err
}

func sendOnce(client sarama.Client, msg *sarama.ProducerMessage) error {
	producer, err := sarama.NewSyncProducerFromClient(client) // want "`producer` is not closed"
	if err != nil {
		return err
	}
	_, _, err = producer.SendMessage(msg)
	return err
}

func firstMessage(consumer sarama.Consumer) ([]byte, error) {
	part, err := consumer.ConsumePartition("a", 0, 0) // want "`part` is not closed"
	if err != nil {
		return nil, err
	}
	msg := <-part.Messages()
	return msg.Value, nil
}

func ping(ctx context.Context) error {
	client, err := kgo.NewClient() // want "`client` is not closed"
	if err != nil {
		return err
	}
	return client.Ping(ctx)
}

func writeToLeader(ctx context.Context, msgs ...kafka.Message) (int, error) {
	conn, err := kafka.DialLeader(ctx, "tcp", "localhost:9092", "a", 0) // want "`conn` is not closed"
	if err != nil {
		return 0, err
	}
	return conn.WriteMessages(msgs...)
}

func writeToPartition(ctx context.Context, d *kafka.Dialer, msgs ...kafka.Message) (int, error) {
	conn, err := d.DialPartition(ctx, "tcp", "localhost:9092", kafka.Partition{Topic: "a"}) // want "`conn` is not closed"
	if err != nil {
		return 0, err
	}
	return conn.WriteMessages(msgs...)
}

func writeAll(ctx context.Context, msgs ...kafka.Message) error {
	w := kafka.NewWriter(kafka.WriterConfig{Topic: "a"}) // want "`w` is not closed"
	return w.WriteMessages(ctx, msgs...)
}

func limit(url string) error {
	conn, err := amqp.Dial(url) // want "`conn` is not closed"
	if err != nil {
		return err
	}
	ch, err := conn.Channel()
	if err != nil {
		return err
	}
	return ch.Qos(1, 0, false)
}
