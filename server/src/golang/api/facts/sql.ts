import type { Acquires, ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

export const rows: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'rows' };
export const stmt: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'stmt' };
export const tx: Acquires = { result: 0, error: 1, release: ['Commit', 'Rollback'], kind: 'tx' };
export const conn: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'conn' };
export const db: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'db' };

/**
 * A method and its variant with a context, which have everything else in common: `pair('Query', { … })` describes `Query`
 * and `QueryContext`. Of a package function the variant has the same parameters after the context.
 */
export function pair(name: string, fact: ApiFact, variant = `${name}Context`): FactTable {
  const at = name.lastIndexOf('.') + 1;
  const full = variant.includes('.') || at === 0 ? variant : name.slice(0, at) + variant;
  return {
    [name]: { ...fact, blocks: 'io', contextVariant: full.slice(at) },
    [full]: { ...fact, blocks: 'io', takesContext: 0 },
  };
}

export const sqlFacts: FactTable = under('database/sql', {
  Open: { acquires: db },
  OpenDB: { acquires: { result: 0, release: ['Close'], kind: 'db' } },
  ...pair('DB.Query', { acquires: rows }),
  ...pair('DB.QueryRow', {}),
  ...pair('DB.Exec', {}),
  ...pair('DB.Ping', {}),
  ...pair('DB.Prepare', { acquires: stmt }),
  'DB.Begin': { acquires: tx, blocks: 'io', contextVariant: 'BeginTx', contextVariantExtra: ['nil'] },
  ...each('DB.BeginTx Conn.BeginTx', { acquires: tx, blocks: 'io', takesContext: 0 }),
  'DB.Conn': { acquires: conn, blocks: 'io', takesContext: 0 },
  'Conn.QueryContext': { acquires: rows, blocks: 'io', takesContext: 0 },
  'Conn.PrepareContext': { acquires: stmt, blocks: 'io', takesContext: 0 },
  ...each('Conn.ExecContext Conn.PingContext Conn.QueryRowContext', { blocks: 'io', takesContext: 0 }),
  'Conn.Raw': { calls: [{ param: 0, when: 'sync' }] },
  ...pair('Tx.Query', { acquires: { ...rows, endsWithReceiver: true } }),
  ...pair('Tx.QueryRow', {}),
  ...pair('Tx.Exec', {}),
  ...pair('Tx.Prepare', { acquires: { ...stmt, endsWithReceiver: true } }),
  ...pair('Tx.Stmt', { acquires: { result: 0, release: ['Close'], kind: 'stmt', endsWithReceiver: true } }),
  ...each('Tx.Commit Tx.Rollback', { blocks: 'io', releasesReceiver: 'always' }),
  ...pair('Stmt.Query', { acquires: rows }),
  ...pair('Stmt.QueryRow', {}),
  ...pair('Stmt.Exec', {}),
  ...each('Rows.Next Rows.NextResultSet', { blocks: 'io', releasesReceiver: 'whenFalse' }),
  'Row.Scan': { blocks: 'io' },
});
