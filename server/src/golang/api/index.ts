/** What is known about packages outside the analysed workspace: their API as Go source, and facts about what calls do. */
import { stdPackagePaths, stdPackageSource } from './std-stubs.ts';
import { gorm } from './third-party/gorm.ts';
import {
  k8sApps,
  k8sBatch,
  k8sCache,
  k8sClient,
  k8sCore,
  k8sInformers,
  k8sMeta,
  k8sRetryWatch,
  k8sWatch,
} from './third-party/kubernetes.ts';
import { glog, klog, logrus, testifyRequire, zap } from './third-party/logging.ts';
import { amqp, kafkaGo, kgo, nats, sarama } from './third-party/messaging.ts';
import { pgconn, pgx, pgxpool } from './third-party/pgx.ts';
import { s3, s3First } from './third-party/s3.ts';
import { fsnotify, grpc, grpcHealth, rate, websocket } from './third-party/services.ts';
import { sqlx } from './third-party/sqlx.ts';
import { coderWebsocket, consul, etcd, etcdConcurrency, mongo, otel, otelTrace, redis } from './third-party/stores.ts';
import { errgroup, netContext, semaphore, singleflight } from './third-party/sync.ts';

export { apiFact } from './facts.ts';
export type { Acquires, ApiFact, Calls, Opens, ResourceKind } from './fact.ts';
export { STD_STUBS_GO_VERSION } from './std-stubs.ts';

const thirdParty = new Map<string, string>([
  ['github.com/IBM/sarama', sarama],
  ['github.com/Shopify/sarama', sarama],
  ['github.com/Sirupsen/logrus', logrus],
  ['github.com/aws/aws-sdk-go-v2/service/s3', s3],
  ['github.com/aws/aws-sdk-go/service/s3', s3First],
  ['github.com/coder/websocket', coderWebsocket],
  ['github.com/fsnotify/fsnotify', fsnotify],
  ['github.com/go-redis/redis/v8', redis],
  ['github.com/golang/glog', glog],
  ['github.com/gorilla/websocket', websocket],
  ['github.com/hashicorp/consul/api', consul],
  ['github.com/jackc/pgconn', pgconn(4)],
  ['github.com/jackc/pgx/v4', pgx(4)],
  ['github.com/jackc/pgx/v4/pgxpool', pgxpool(4)],
  ['github.com/jackc/pgx/v5', pgx(5)],
  ['github.com/jackc/pgx/v5/pgconn', pgconn(5)],
  ['github.com/jackc/pgx/v5/pgxpool', pgxpool(5)],
  ['github.com/jmoiron/sqlx', sqlx],
  ['github.com/nats-io/nats.go', nats],
  ['github.com/rabbitmq/amqp091-go', amqp],
  ['github.com/redis/go-redis/v9', redis],
  ['github.com/segmentio/kafka-go', kafkaGo],
  ['github.com/sirupsen/logrus', logrus],
  ['github.com/streadway/amqp', amqp],
  ['github.com/stretchr/testify/require', testifyRequire],
  ['github.com/twmb/franz-go/pkg/kgo', kgo],
  ['go.etcd.io/etcd/client/v3', etcd],
  ['go.etcd.io/etcd/client/v3/concurrency', etcdConcurrency],
  ['go.mongodb.org/mongo-driver/mongo', mongo(1)],
  ['go.mongodb.org/mongo-driver/v2/mongo', mongo(2)],
  ['go.opentelemetry.io/otel', otel],
  ['go.opentelemetry.io/otel/trace', otelTrace],
  ['go.uber.org/zap', zap],
  ['golang.org/x/net/context', netContext],
  ['golang.org/x/sync/errgroup', errgroup],
  ['golang.org/x/sync/semaphore', semaphore],
  ['golang.org/x/sync/singleflight', singleflight],
  ['golang.org/x/time/rate', rate],
  ['google.golang.org/grpc', grpc],
  ['google.golang.org/grpc/health/grpc_health_v1', grpcHealth],
  ['gorm.io/gorm', gorm],
  ['k8s.io/apimachinery/pkg/apis/meta/v1', k8sMeta],
  ['k8s.io/apimachinery/pkg/watch', k8sWatch],
  ['k8s.io/client-go/informers', k8sInformers],
  ['k8s.io/client-go/kubernetes', k8sClient],
  ['k8s.io/client-go/kubernetes/typed/apps/v1', k8sApps],
  ['k8s.io/client-go/kubernetes/typed/batch/v1', k8sBatch],
  ['k8s.io/client-go/kubernetes/typed/core/v1', k8sCore],
  ['k8s.io/client-go/tools/cache', k8sCache],
  ['k8s.io/client-go/tools/watch', k8sRetryWatch],
  ['k8s.io/klog', klog],
  ['k8s.io/klog/v2', klog],
  ['nhooyr.io/websocket', coderWebsocket],
]);

/**
 * Body-less Go source of a package's exported API, one declaration per line, each keyword in column 0.
 * @param importPath e.g. `net/http`; a `vendor/` prefix is not removed
 * @returns undefined for a package nothing is known about
 */
export function apiPackageSource(importPath: string): string | undefined {
  return stdPackageSource(importPath) ?? thirdParty.get(importPath);
}

/** Import paths `apiPackageSource` knows: the standard library's, then the others. */
export function apiPackagePaths(): string[] {
  return [...stdPackagePaths(), ...thirdParty.keys()];
}
