/** What is known about packages outside the analysed workspace: their API as Go source, and facts about what calls do. */
import { stdPackagePaths, stdPackageSource } from './std-stubs.ts';
import { glog, klog, logrus, testifyRequire, zap } from './third-party/logging.ts';
import { pgconn, pgx, pgxpool } from './third-party/pgx.ts';
import { fsnotify, grpc, rate, websocket } from './third-party/services.ts';
import { sqlx } from './third-party/sqlx.ts';
import { errgroup, netContext, semaphore, singleflight } from './third-party/sync.ts';

export { apiFact } from './facts.ts';
export type { Acquires, ApiFact, Calls, Opens, ResourceKind } from './fact.ts';
export { STD_STUBS_GO_VERSION } from './std-stubs.ts';

const thirdParty = new Map<string, string>([
  ['github.com/Sirupsen/logrus', logrus],
  ['github.com/fsnotify/fsnotify', fsnotify],
  ['github.com/golang/glog', glog],
  ['github.com/gorilla/websocket', websocket],
  ['github.com/jackc/pgconn', pgconn(4)],
  ['github.com/jackc/pgx/v4', pgx(4)],
  ['github.com/jackc/pgx/v4/pgxpool', pgxpool(4)],
  ['github.com/jackc/pgx/v5', pgx(5)],
  ['github.com/jackc/pgx/v5/pgconn', pgconn(5)],
  ['github.com/jackc/pgx/v5/pgxpool', pgxpool(5)],
  ['github.com/jmoiron/sqlx', sqlx],
  ['github.com/sirupsen/logrus', logrus],
  ['github.com/stretchr/testify/require', testifyRequire],
  ['go.uber.org/zap', zap],
  ['golang.org/x/net/context', netContext],
  ['golang.org/x/sync/errgroup', errgroup],
  ['golang.org/x/sync/semaphore', semaphore],
  ['golang.org/x/sync/singleflight', singleflight],
  ['golang.org/x/time/rate', rate],
  ['google.golang.org/grpc', grpc],
  ['k8s.io/klog', klog],
  ['k8s.io/klog/v2', klog],
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
