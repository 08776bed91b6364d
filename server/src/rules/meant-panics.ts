/** Panics that are no accident: a test asks for them, or a function is prepared for them. */
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { enclosingFunc, type ParentMap } from '../golang/parents.ts';
import { asCall, find, unparen } from '../golang/walk.ts';
import type { Expr, FuncLit, FuncNode, Node, Stmt } from '../syntax/ast.ts';
import { funcAt, stmtAt } from './leak-sites.ts';

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

/** True for a panic of a channel that the function which runs into it recovers from: whoever wrote that knows of it. */
export function isRecovered(analysis: Analysis, { rule, site }: Leak): boolean {
  if (rule !== 'send-after-close' && rule !== 'double-close') return false;
  const parents = analysis.parents(site.unit);
  for (let func: FuncNode | undefined = funcAt(site); func; func = enclosingFunc(parents, func)) {
    if (func.body?.stmts.some((s) => s.kind === 'DeferStmt' && recovers(analysis, site, s.call))) return true;
    const call = parents.get(func);
    if (call?.kind !== 'CallExpr' || parents.get(call)?.kind === 'GoStmt') return false;
  }
  return false;
}

/** True for a deferred call of a function that calls `recover`. */
function recovers(analysis: Analysis, { unit }: Leak['site'], deferred: Expr): boolean {
  const call = asCall(deferred);
  const body = call && (call.fun.kind === 'FuncLit' ? call.fun.body : analysis.body(unit, call)?.func.body);
  if (!body) return false;
  return find(body, isRecover) !== undefined;
}

/** True for a call of the builtin `recover`. */
export function isRecover(n: Node): boolean {
  return n.kind === 'CallExpr' && n.fun.kind === 'Ident' && n.fun.name === 'recover' && !n.fun.obj;
}

/** True for the literal of `defer func() {…}()`. */
export function isDeferredLiteral(parents: ParentMap, literal: FuncLit): boolean {
  const call = parents.get(literal);
  return call?.kind === 'CallExpr' && call.fun === literal && parents.get(call)?.kind === 'DeferStmt';
}
