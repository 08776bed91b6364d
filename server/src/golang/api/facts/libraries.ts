/** Logging, test and network libraries outside the standard library. */
import type { Acquires, ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const exits: ApiFact = { neverReturns: true, skipsDefers: true };
const panics: ApiFact = { neverReturns: true };

const logrus: FactTable = {
  ...each('Exit Logger.Exit', exits),
  ...each('Fatal Fatalf Fatalln Logger.Fatal Logger.Fatalf Logger.Fatalln', exits),
  ...each('Entry.Fatal Entry.Fatalf Entry.Fatalln', exits),
  ...each('FieldLogger.Fatal FieldLogger.Fatalf FieldLogger.Fatalln', exits),
  ...each('Panic Panicf Panicln Logger.Panic Logger.Panicf Logger.Panicln', panics),
  ...each('Entry.Panic Entry.Panicf Entry.Panicln', panics),
  ...each('FieldLogger.Panic FieldLogger.Panicf FieldLogger.Panicln', panics),
  ...each('WithContext Logger.WithContext Entry.WithContext', { takesContext: 0 }),
  // Writes to the pipe are logged by a goroutine that ends when it is closed.
  'Logger.Writer': {
    acquires: { result: 0, release: ['Close', 'CloseWithError'], kind: 'pipe' },
    startsGoroutine: true,
  },
};

const glog = each('Fatal Fatalf Fatalln Exit Exitf Exitln', exits);
const klog: FactTable = { ...glog, FlushAndExit: exits };
const conn = { result: 0, error: 1, release: ['Close'], kind: 'conn' } as const;
const client = { result: 0, error: 1, release: ['Close'], kind: 'client' } as const;
/** Generated clients keep the connection, by an interface that has no `Close`. */
const grpcClient: Acquires = { ...client, wrappedBy: /^New\w*Client$/ };

export const libraryFacts: FactTable = {
  ...under('github.com/sirupsen/logrus', logrus),
  ...under('github.com/Sirupsen/logrus', logrus),
  ...under('github.com/golang/glog', glog),
  ...under('k8s.io/klog', klog),
  ...under('k8s.io/klog/v2', klog),
  ...under('go.uber.org/zap', {
    ...each('Logger.Fatal SugaredLogger.Fatal SugaredLogger.Fatalf SugaredLogger.Fatalln SugaredLogger.Fatalw', exits),
    ...each('Logger.Panic SugaredLogger.Panic SugaredLogger.Panicf SugaredLogger.Panicln SugaredLogger.Panicw', panics),
  }),
  ...under('github.com/stretchr/testify/require', each('Fail Failf FailNow FailNowf', { neverReturns: true })),
  ...under('golang.org/x/time/rate', each('Limiter.Wait Limiter.WaitN', { blocks: 'time', takesContext: 0 })),
  ...each('github.com/fsnotify/fsnotify.NewWatcher github.com/fsnotify/fsnotify.NewBufferedWatcher', {
    acquires: { result: 0, error: 1, release: ['Close'], kind: 'closer' },
    startsGoroutine: true,
  }),
  ...under('github.com/gorilla/websocket', {
    // The body of the response needs no Close.
    'Dialer.Dial': { acquires: { ...conn, error: 2 }, blocks: 'io', contextVariant: 'DialContext' },
    'Dialer.DialContext': { acquires: { ...conn, error: 2 }, blocks: 'io', takesContext: 0 },
    'Upgrader.Upgrade': { acquires: conn, blocks: 'io' },
    ...each('Conn.ReadMessage Conn.ReadJSON Conn.NextReader', { blocks: 'io', unblockedByClose: true }),
    ...each('Conn.WriteMessage Conn.WriteJSON Conn.WriteControl', { blocks: 'io', unblockedByClose: true }),
  }),
  ...under('google.golang.org/grpc', {
    ...each('Dial NewClient', { acquires: grpcClient }),
    DialContext: { acquires: grpcClient, blocks: 'io', takesContext: 0 },
    ...each('ClientConn.Invoke ClientConn.NewStream', { blocks: 'io', takesContext: 0 }),
    // A stream ends with its context, or when one of these fails.
    ...each('ClientStream.SendMsg ClientStream.RecvMsg', { blocks: 'io' }),
    'Server.Serve': { blocks: 'io', unblockedByClose: true, releases: [0] },
    'Server.GracefulStop': { blocks: 'sync', releasesReceiver: 'always' },
    'Server.Stop': { releasesReceiver: 'always' },
  }),
};
