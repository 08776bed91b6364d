/** Stubs of github.com/jackc/pgx, versions 4 and 5, and their pools: what opens, reads and releases rows and connections. */

/** `pgconn` is a module of its own in version 4 and a package of pgx in version 5. */
export function pgconn(version: 4 | 5): string {
  const commandTag = version === 4 ? 'type CommandTag []byte' : 'type CommandTag struct{}';
  return `package pgconn
import "context"
${commandTag}
func (CommandTag) Delete() bool
func (CommandTag) Insert() bool
func (CommandTag) RowsAffected() int64
func (CommandTag) Select() bool
func (CommandTag) String() string
func (CommandTag) Update() bool
type Notification struct{PID uint32; Channel string; Payload string}
type PgConn struct{}
func (*PgConn) Close(ctx context.Context) error
func (*PgConn) IsClosed() bool
func (*PgConn) WaitForNotification(ctx context.Context) error
type PgError struct{Severity string; Code string; Message string; Detail string; Hint string; TableName string; ColumnName string; ConstraintName string}
func (*PgError) Error() string
func (*PgError) SQLState() string
func Connect(ctx context.Context, connString string) (*PgConn, error)
`;
}

const newer = `type CollectableRow interface{FieldDescriptions() []FieldDescription; Scan(dest ...any) error; Values() ([]any, error); RawValues() [][]byte}
type FieldDescription struct{Name string}
type RowToFunc[T any] func(row CollectableRow) (T, error)
func AppendRows[T any, S ~[]T](slice S, rows Rows, fn RowToFunc[T]) (S, error)
func BeginFunc(ctx context.Context, db interface{Begin(ctx context.Context) (Tx, error)}, fn func(Tx) error) (err error)
func BeginTxFunc(ctx context.Context, db interface{BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error)}, txOptions TxOptions, fn func(Tx) error) (err error)
func CollectExactlyOneRow[T any](rows Rows, fn RowToFunc[T]) (T, error)
func CollectOneRow[T any](rows Rows, fn RowToFunc[T]) (T, error)
func CollectRows[T any](rows Rows, fn RowToFunc[T]) ([]T, error)
func ForEachRow(rows Rows, scans []any, fn func() error) (pgconn.CommandTag, error)
func RowTo[T any](row CollectableRow) (T, error)
func RowToAddrOf[T any](row CollectableRow) (*T, error)
func RowToAddrOfStructByName[T any](row CollectableRow) (*T, error)
func RowToAddrOfStructByPos[T any](row CollectableRow) (*T, error)
func RowToMap(row CollectableRow) (map[string]any, error)
func RowToStructByName[T any](row CollectableRow) (T, error)
func RowToStructByNameLax[T any](row CollectableRow) (T, error)
func RowToStructByPos[T any](row CollectableRow) (T, error)
func (*Conn) LoadType(ctx context.Context, typeName string) (any, error)
`;

const older = `func (*Conn) BeginFunc(ctx context.Context, f func(Tx) error) (err error)
func (*Conn) BeginTxFunc(ctx context.Context, txOptions TxOptions, f func(Tx) error) (err error)
func (*Conn) QueryFunc(ctx context.Context, sql string, args []any, scans []any, f func(QueryFuncRow) error) (pgconn.CommandTag, error)
type QueryFuncRow interface{RawValues() [][]byte}
`;

export function pgx(version: 4 | 5): string {
  const pgconnPath = version === 4 ? 'github.com/jackc/pgconn' : 'github.com/jackc/pgx/v5/pgconn';
  const beginFunc = version === 4 ? 'BeginFunc(ctx context.Context, f func(Tx) error) (err error); ' : '';
  const queryFunc =
    version === 4
      ? 'QueryFunc(ctx context.Context, sql string, args []any, scans []any, f func(QueryFuncRow) error) (pgconn.CommandTag, error); '
      : '';
  return `package pgx
import "context"
import "${pgconnPath}"
var ErrNoRows error
var ErrTxClosed error
type Batch struct{}
func (*Batch) Len() int
type BatchResults interface{Exec() (pgconn.CommandTag, error); Query() (Rows, error); QueryRow() Row; Close() error}
type Conn struct{}
func (*Conn) Begin(ctx context.Context) (Tx, error)
func (*Conn) BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error)
func (*Conn) Close(ctx context.Context) error
func (*Conn) CopyFrom(ctx context.Context, tableName Identifier, columnNames []string, rowSrc CopyFromSource) (int64, error)
func (*Conn) Deallocate(ctx context.Context, name string) error
func (*Conn) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
func (*Conn) IsClosed() bool
func (*Conn) PgConn() *pgconn.PgConn
func (*Conn) Ping(ctx context.Context) error
func (*Conn) Query(ctx context.Context, sql string, args ...any) (Rows, error)
func (*Conn) QueryRow(ctx context.Context, sql string, args ...any) Row
func (*Conn) SendBatch(ctx context.Context, b *Batch) BatchResults
func (*Conn) WaitForNotification(ctx context.Context) (*pgconn.Notification, error)
type CopyFromSource interface{Next() bool; Values() ([]any, error); Err() error}
type Identifier []string
func (Identifier) Sanitize() string
type NamedArgs map[string]any
type Row interface{Scan(dest ...any) error}
type Rows interface{Close(); Err() error; CommandTag() pgconn.CommandTag; Next() bool; Scan(dest ...any) error; Values() ([]any, error); RawValues() [][]byte}
type Tx interface{Begin(ctx context.Context) (Tx, error); ${beginFunc}Commit(ctx context.Context) error; Rollback(ctx context.Context) error; CopyFrom(ctx context.Context, tableName Identifier, columnNames []string, rowSrc CopyFromSource) (int64, error); SendBatch(ctx context.Context, b *Batch) BatchResults; Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error); Query(ctx context.Context, sql string, args ...any) (Rows, error); QueryRow(ctx context.Context, sql string, args ...any) Row; ${queryFunc}Conn() *Conn}
type TxAccessMode string
type TxIsoLevel string
type TxOptions struct{IsoLevel TxIsoLevel; AccessMode TxAccessMode}
func Connect(ctx context.Context, connString string) (*Conn, error)
${version === 4 ? older : newer}`;
}

export function pgxpool(version: 4 | 5): string {
  const pgconnPath = version === 4 ? 'github.com/jackc/pgconn' : 'github.com/jackc/pgx/v5/pgconn';
  const queryFunc =
    'QueryFunc(ctx context.Context, sql string, args []any, scans []any, f func(pgx.QueryFuncRow) error) (pgconn.CommandTag, error)';
  const connect =
    version === 4
      ? `func Connect(ctx context.Context, connString string) (*Pool, error)
func ConnectConfig(ctx context.Context, config *Config) (*Pool, error)
func (*Conn) BeginFunc(ctx context.Context, f func(pgx.Tx) error) error
func (*Conn) ${queryFunc}
func (*Pool) BeginFunc(ctx context.Context, f func(pgx.Tx) error) error
func (*Pool) BeginTxFunc(ctx context.Context, txOptions pgx.TxOptions, f func(pgx.Tx) error) error
func (*Pool) ${queryFunc}`
      : `func New(ctx context.Context, connString string) (*Pool, error)
func NewWithConfig(ctx context.Context, config *Config) (*Pool, error)
func (*Conn) Hijack() *pgx.Conn
func (*Pool) Reset()`;
  return `package pgxpool
import "context"
import "github.com/jackc/pgx/v${version}"
import "${pgconnPath}"
type Config struct{MaxConns int32; MinConns int32}
type Conn struct{}
func (*Conn) Begin(ctx context.Context) (pgx.Tx, error)
func (*Conn) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error)
func (*Conn) Conn() *pgx.Conn
func (*Conn) CopyFrom(ctx context.Context, tableName pgx.Identifier, columnNames []string, rowSrc pgx.CopyFromSource) (int64, error)
func (*Conn) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
func (*Conn) Ping(ctx context.Context) error
func (*Conn) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (*Conn) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (*Conn) Release()
func (*Conn) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
type Pool struct{}
func (*Pool) Acquire(ctx context.Context) (*Conn, error)
func (*Pool) AcquireAllIdle(ctx context.Context) []*Conn
func (*Pool) AcquireFunc(ctx context.Context, f func(*Conn) error) error
func (*Pool) Begin(ctx context.Context) (pgx.Tx, error)
func (*Pool) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error)
func (*Pool) Close()
func (*Pool) Config() *Config
func (*Pool) CopyFrom(ctx context.Context, tableName pgx.Identifier, columnNames []string, rowSrc pgx.CopyFromSource) (int64, error)
func (*Pool) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
func (*Pool) Ping(ctx context.Context) error
func (*Pool) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (*Pool) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (*Pool) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
type Tx struct{}
func (*Tx) Begin(ctx context.Context) (pgx.Tx, error)
func (*Tx) Commit(ctx context.Context) error
func (*Tx) Conn() *pgx.Conn
func (*Tx) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
func (*Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (*Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (*Tx) Rollback(ctx context.Context) error
func ParseConfig(connString string) (*Config, error)
${connect}
`;
}
