/** Panics that a test asks for: it wants to see what becomes of them. */
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { unparen } from '../golang/walk.ts';
import type { Expr, Stmt } from '../syntax/ast.ts';
import { stmtAt } from './leak-sites.ts';

/**
 * True for test code that closes a channel and uses it further down in the same block, on every way and with no new value for
 * the variable between: nobody overlooks that.
 */
export function isMeantPanic(analysis: Analysis, { rule, site, name }: Leak): boolean {
  if ((rule !== 'send-after-close' && rule !== 'double-close') || !site.unit.file.isTest) return false;
  const stmt = stmtAt(site);
  const block = stmt && analysis.parents(site.unit).get(stmt);
  if (!stmt || block?.kind !== 'BlockStmt') return false;
  const before = block.stmts.slice(0, block.stmts.indexOf(stmt));
  const closed = before.findLastIndex((s) => closes(site.unit.text.bind(site.unit), s, name));
  return closed >= 0 && before.slice(closed + 1).every((s) => s.kind === 'ExprStmt' || s.kind === 'DeferStmt');
}

/** True for the statement `close(name)`. */
function closes(text: (e: Expr) => string, stmt: Stmt, name: string): boolean {
  const call = stmt.kind === 'ExprStmt' ? unparen(stmt.x) : undefined;
  if (call?.kind !== 'CallExpr' || call.fun.kind !== 'Ident' || call.fun.name !== 'close' || call.fun.obj) return false;
  const [channel] = call.args;
  return channel !== undefined && text(channel) === name;
}
