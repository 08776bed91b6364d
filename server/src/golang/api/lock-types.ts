/**
 * Types of other packages that must not be copied, because a lock or an atomic value is part of them. Their fields are not exported, so
 * stubs do not have them; found with `go/types` by the rule of `go vet copylocks` (Go 1.26).
 */
const BY_PACKAGE: Record<string, string> = {
  'archive/zip': 'ReadCloser Reader',
  'crypto/tls': 'Config Conn',
  'database/sql': 'Conn DB Rows Stmt Tx',
  'debug/gosym': 'LineTable',
  'encoding/gob': 'Decoder Encoder',
  expvar: 'Float Int Map',
  'go/token': 'File FileSet',
  'go/types': 'Context Named',
  'golang.org/x/sync/errgroup': 'Group',
  'golang.org/x/sync/semaphore': 'Weighted',
  'golang.org/x/sync/singleflight': 'Group',
  'golang.org/x/sync/syncmap': 'Map',
  'golang.org/x/time/rate': 'Limiter Sometimes',
  io: 'PipeReader PipeWriter',
  log: 'Logger',
  'log/slog': 'LevelVar',
  'log/syslog': 'Writer',
  net: 'Resolver UnixListener',
  'net/http': 'CrossOriginProtection ServeMux Server Transport',
  'net/http/cookiejar': 'Jar',
  'net/http/httptest': 'Server',
  'net/http/httputil': 'ClientConn ServerConn',
  'net/rpc': 'Client Server',
  'net/textproto': 'Conn Pipeline',
  os: 'Process',
  'runtime/pprof': 'Profile',
  strings: 'Replacer',
  sync: 'Cond Map Mutex Once Pool RWMutex WaitGroup',
  'sync/atomic': 'Bool Int32 Int64 Pointer Uint32 Uint64 Uintptr',
  testing: 'B F M T',
};

const TYPES = new Map(Object.entries(BY_PACKAGE).map(([path, names]) => [path, new Set(names.split(' '))]));

/** True for a type of the standard library, or of `golang.org/x`, that is a lock or contains one. */
export function isForeignLock(path: string, name: string): boolean {
  return TYPES.get(path)?.has(name) ?? false;
}

/** Names of such types of a package. */
export function foreignLocks(path: string): ReadonlySet<string> {
  return TYPES.get(path) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
