/** Stub of gorm.io/gorm: rows, and what leads to them. */

const CHAIN = [
  'Model(value any)',
  'Table(name string, args ...any)',
  'Select(query any, args ...any)',
  'Where(query any, args ...any)',
  'Not(query any, args ...any)',
  'Or(query any, args ...any)',
  'Joins(query string, args ...any)',
  'Preload(query string, args ...any)',
  'Group(name string)',
  'Having(query any, args ...any)',
  'Order(value any)',
  'Limit(limit int)',
  'Offset(offset int)',
  'Distinct(args ...any)',
  'Unscoped()',
  'Raw(sql string, values ...any)',
  'Exec(sql string, values ...any)',
  'Find(dest any, conds ...any)',
  'First(dest any, conds ...any)',
  'Scan(dest any)',
  'Create(value any)',
  'Debug()',
  'WithContext(ctx context.Context)',
  'Session(config *Session)',
];

export const gorm = `package gorm
import "context"
import "database/sql"
type DB struct{Error error; RowsAffected int64}
${CHAIN.map((method) => `func (*DB) ${method} *DB`).join('\n')}
func (*DB) Connection(fc func(tx *DB) error) (err error)
func (*DB) DB() (*sql.DB, error)
func (*DB) Row() *sql.Row
func (*DB) Rows() (*sql.Rows, error)
func (*DB) ScanRows(rows *sql.Rows, dest any) error
func (*DB) Transaction(fc func(tx *DB) error, opts ...*sql.TxOptions) (err error)
type Dialector interface{Name() string}
type Option interface{}
type Session struct{DryRun bool; PrepareStmt bool; NewDB bool; Context context.Context}
func Open(dialector Dialector, opts ...Option) (db *DB, err error)
`;
