module example.com/rules

go 1.26

require (
	example.com/pool v0.0.0
	github.com/IBM/sarama v0.0.0
	github.com/aws/aws-sdk-go v0.0.0
	github.com/aws/aws-sdk-go-v2/service/s3 v0.0.0
	github.com/coder/websocket v0.0.0
	github.com/fsnotify/fsnotify v0.0.0
	github.com/gorilla/websocket v0.0.0
	github.com/hashicorp/consul/api v0.0.0
	github.com/jackc/pgx/v5 v5.0.0
	github.com/jmoiron/sqlx v0.0.0
	github.com/nats-io/nats.go v0.0.0
	github.com/rabbitmq/amqp091-go v0.0.0
	github.com/redis/go-redis/v9 v9.0.0
	github.com/segmentio/kafka-go v0.0.0
	github.com/spf13/cobra v0.0.0
	github.com/twmb/franz-go v0.0.0
	go.etcd.io/etcd/client/v3 v3.0.0
	go.mongodb.org/mongo-driver v0.0.0
	go.mongodb.org/mongo-driver/v2 v2.0.0
	go.opentelemetry.io/otel/trace v0.0.0
	golang.org/x/sync v0.0.0
	google.golang.org/grpc v0.0.0
	gorm.io/gorm v0.0.0
	k8s.io/apimachinery v0.0.0
	k8s.io/client-go v0.0.0
)

replace (
	example.com/pool => ./stubs/example.com/pool
	github.com/IBM/sarama => ./stubs/github.com/IBM/sarama
	github.com/aws/aws-sdk-go => ./stubs/github.com/aws/aws-sdk-go
	github.com/aws/aws-sdk-go-v2/service/s3 => ./stubs/github.com/aws/aws-sdk-go-v2/service/s3
	github.com/coder/websocket => ./stubs/github.com/coder/websocket
	github.com/fsnotify/fsnotify => ./stubs/github.com/fsnotify/fsnotify
	github.com/gorilla/websocket => ./stubs/github.com/gorilla/websocket
	github.com/hashicorp/consul/api => ./stubs/github.com/hashicorp/consul/api
	github.com/jackc/pgx/v5 => ./stubs/github.com/jackc/pgx/v5
	github.com/jmoiron/sqlx => ./stubs/github.com/jmoiron/sqlx
	github.com/nats-io/nats.go => ./stubs/github.com/nats-io/nats.go
	github.com/rabbitmq/amqp091-go => ./stubs/github.com/rabbitmq/amqp091-go
	github.com/redis/go-redis/v9 => ./stubs/github.com/redis/go-redis/v9
	github.com/segmentio/kafka-go => ./stubs/github.com/segmentio/kafka-go
	github.com/spf13/cobra => ./stubs/github.com/spf13/cobra
	github.com/twmb/franz-go => ./stubs/github.com/twmb/franz-go
	go.etcd.io/etcd/client/v3 => ./stubs/go.etcd.io/etcd/client/v3
	go.mongodb.org/mongo-driver => ./stubs/go.mongodb.org/mongo-driver
	go.mongodb.org/mongo-driver/v2 => ./stubs/go.mongodb.org/mongo-driver/v2
	go.opentelemetry.io/otel/trace => ./stubs/go.opentelemetry.io/otel/trace
	golang.org/x/sync => ./stubs/golang.org/x/sync
	google.golang.org/grpc => ./stubs/google.golang.org/grpc
	gorm.io/gorm => ./stubs/gorm.io/gorm
	k8s.io/apimachinery => ./stubs/k8s.io/apimachinery
	k8s.io/client-go => ./stubs/k8s.io/client-go
)
