/** github.com/jmoiron/sqlx, github.com/jackc/pgx and gorm.io/gorm. */
import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';
import { conn, db, pair, rows, stmt, tx } from './sql.ts';

const txRows = { ...rows, endsWithReceiver: true } as const;
const txStmt = { ...stmt, endsWithReceiver: true } as const;

const sqlx: FactTable = under('github.com/jmoiron/sqlx', {
  ...each('Open', { acquires: db }),
  ...pair('Connect', { acquires: db }),
  ...each('MustOpen MustConnect', { acquires: { result: 0, release: ['Close'], kind: 'db' } }),
  ...pair('DB.Queryx', { acquires: rows }),
  ...pair('DB.NamedQuery', { acquires: rows }),
  ...pair('DB.Preparex', { acquires: stmt }),
  ...pair('DB.PrepareNamed', { acquires: stmt }),
  'DB.Beginx': { acquires: tx, blocks: 'io', contextVariant: 'BeginTxx', contextVariantExtra: ['nil'] },
  ...each('DB.BeginTxx Conn.BeginTxx', { acquires: tx, blocks: 'io', takesContext: 0 }),
  'DB.MustBegin': {
    acquires: { result: 0, release: ['Commit', 'Rollback'], kind: 'tx' },
    blocks: 'io',
    contextVariant: 'MustBeginTx',
    contextVariantExtra: ['nil'],
  },
  'DB.MustBeginTx': {
    acquires: { result: 0, release: ['Commit', 'Rollback'], kind: 'tx' },
    blocks: 'io',
    takesContext: 0,
  },
  'DB.Connx': { acquires: conn, blocks: 'io', takesContext: 0 },
  ...pair('DB.Get', {}),
  ...pair('DB.Select', {}),
  ...pair('DB.MustExec', {}),
  ...pair('DB.NamedExec', {}),
  ...pair('DB.QueryRowx', {}),
  'Conn.QueryxContext': { acquires: rows, blocks: 'io', takesContext: 0 },
  'Conn.PreparexContext': { acquires: stmt, blocks: 'io', takesContext: 0 },
  ...each('Conn.GetContext Conn.SelectContext Conn.QueryRowxContext', { blocks: 'io', takesContext: 0 }),
  ...pair('Tx.Queryx', { acquires: txRows }),
  'Tx.NamedQuery': { acquires: txRows, blocks: 'io' },
  ...pair('Tx.Preparex', { acquires: txStmt }),
  ...pair('Tx.PrepareNamed', { acquires: txStmt }),
  'Tx.Stmtx': { acquires: { result: 0, release: ['Close'], kind: 'stmt', endsWithReceiver: true } },
  ...pair('Tx.Get', {}),
  ...pair('Tx.Select', {}),
  ...pair('Tx.MustExec', {}),
  ...pair('Tx.NamedExec', {}),
  ...pair('Tx.QueryRowx', {}),
  ...pair('Stmt.Queryx', { acquires: rows }),
  ...pair('Stmt.Get', {}),
  ...pair('Stmt.Select', {}),
  ...pair('Stmt.QueryRowx', {}),
  ...pair('NamedStmt.Query', { acquires: rows }),
  ...pair('NamedStmt.Queryx', { acquires: rows }),
  ...pair('NamedStmt.Exec', {}),
  ...pair('NamedStmt.Get', {}),
  ...pair('NamedStmt.Select', {}),
  ...pair('NamedQuery', { acquires: rows }),
  ...pair('NamedExec', {}),
  ...pair('Get', {}),
  ...pair('Select', {}),
  ...pair('Preparex', { acquires: stmt }),
  ...each('SliceScan MapScan', { borrows: [0] }),
  'Queryer.Query': { acquires: rows, blocks: 'io' },
  'Queryer.Queryx': { acquires: rows, blocks: 'io' },
  ...each('QueryerContext.QueryContext QueryerContext.QueryxContext', {
    acquires: rows,
    blocks: 'io',
    takesContext: 0,
  }),
  'Preparer.Prepare': { acquires: stmt, blocks: 'io' },
  'PreparerContext.PrepareContext': { acquires: stmt, blocks: 'io', takesContext: 0 },
});

const withContext: ApiFact = { blocks: 'io', takesContext: 0 };
const query: ApiFact = { ...withContext, acquires: rows };
const begin: ApiFact = { ...withContext, acquires: tx };
const batch: ApiFact = { ...withContext, acquires: { result: 0, release: ['Close'], kind: 'batch' } };
const withFunction: ApiFact = { ...withContext, calls: [{ param: 1, when: 'sync' }] };
const withOptionsAndFunction: ApiFact = { ...withContext, calls: [{ param: 2, when: 'sync' }] };

const pgxCommon: FactTable = {
  Connect: { ...withContext, acquires: conn },
  ...each('Conn.Query Tx.Query', query),
  ...each('Conn.Begin Conn.BeginTx Tx.Begin', begin),
  ...each('Conn.SendBatch Tx.SendBatch', batch),
  ...each('Conn.Exec Conn.Ping Conn.QueryRow Conn.CopyFrom Conn.WaitForNotification', withContext),
  ...each('Tx.Exec Tx.QueryRow Tx.CopyFrom', withContext),
  ...each('Conn.Close Tx.Commit Tx.Rollback', { ...withContext, releasesReceiver: 'always' }),
  'BatchResults.Query': { acquires: rows, blocks: 'io' },
  'BatchResults.Exec': { blocks: 'io' },
  'Rows.Next': { blocks: 'io', releasesReceiver: 'whenFalse' },
  'Row.Scan': { blocks: 'io' },
};

const pool: FactTable = {
  'Pool.Query': query,
  'Conn.Query': query,
  'Tx.Query': query,
  ...each('Pool.Begin Pool.BeginTx Conn.Begin Conn.BeginTx Tx.Begin', begin),
  ...each('Pool.SendBatch Conn.SendBatch', batch),
  ...each('Pool.Exec Pool.Ping Pool.QueryRow Conn.Exec Conn.Ping Conn.QueryRow Tx.Exec Tx.QueryRow', withContext),
  ...each('Tx.Commit Tx.Rollback', { ...withContext, releasesReceiver: 'always' }),
  'Pool.AcquireFunc': withFunction,
};

const poolConn = { result: 0, error: 1, release: ['Release'], kind: 'conn' } as const;

const pgx: FactTable = {
  ...under('github.com/jackc/pgx/v4', {
    ...pgxCommon,
    ...each('Conn.BeginFunc Tx.BeginFunc', withFunction),
    'Conn.BeginTxFunc': withOptionsAndFunction,
    ...each('Conn.QueryFunc Tx.QueryFunc', { ...withContext, calls: [{ param: 4, when: 'sync' }] }),
  }),
  ...under('github.com/jackc/pgx/v5', {
    ...pgxCommon,
    BeginFunc: withOptionsAndFunction,
    BeginTxFunc: { ...withContext, calls: [{ param: 3, when: 'sync' }] },
    ...each('CollectRows CollectOneRow CollectExactlyOneRow', {
      blocks: 'io',
      releases: [0],
      calls: [{ param: 1, when: 'sync' }],
    }),
    AppendRows: { blocks: 'io', releases: [1], calls: [{ param: 2, when: 'sync' }] },
    ForEachRow: { blocks: 'io', releases: [0], calls: [{ param: 2, when: 'sync' }] },
  }),
  ...under('github.com/jackc/pgx/v4/pgxpool', {
    ...pool,
    ...each('Connect ConnectConfig', { ...withContext, acquires: db }),
    'Pool.Acquire': { ...withContext, acquires: poolConn },
    ...each('Conn.BeginFunc Pool.BeginFunc', withFunction),
    'Pool.BeginTxFunc': withOptionsAndFunction,
    ...each('Conn.QueryFunc Pool.QueryFunc', { ...withContext, calls: [{ param: 4, when: 'sync' }] }),
  }),
  ...under('github.com/jackc/pgx/v5/pgxpool', {
    ...pool,
    ...each('New NewWithConfig', { takesContext: 0, acquires: db }),
    'Pool.Acquire': { ...withContext, acquires: { ...poolConn, release: ['Release', 'Hijack'] } },
    'Conn.Hijack': { acquires: { result: 0, release: ['Close'], kind: 'conn' }, releasesReceiver: 'always' },
  }),
  ...each('github.com/jackc/pgconn.Connect github.com/jackc/pgx/v5/pgconn.Connect', { ...withContext, acquires: conn }),
  ...each('github.com/jackc/pgconn.PgConn.WaitForNotification', withContext),
  ...each('github.com/jackc/pgx/v5/pgconn.PgConn.WaitForNotification', withContext),
};

const gorm: FactTable = under('gorm.io/gorm.DB', {
  Rows: { acquires: rows, blocks: 'io' },
  ScanRows: { borrows: [0] },
  ...each('Connection Transaction', { blocks: 'io', calls: [{ param: 0, when: 'sync' }] }),
});

export const sqlLibraryFacts: FactTable = { ...sqlx, ...pgx, ...gorm };
