/** Goroutines that a wait group counts: `wg.Add(1)`, `go func() { defer wg.Done(); … }()`. */
import { type AccessPath, pathKey } from '../golang/access-path.ts';
import type { Analysis } from '../golang/analysis.ts';
import { type SyncCall, syncCalls } from '../golang/sync-calls.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { qualifiedName, type Type } from '../golang/types.ts';
import { contains, flattenFields } from '../golang/walk.ts';
import type { DeferStmt, Expr, FuncLit, GoStmt, Stmt } from '../syntax/ast.ts';

const GROUP = new Set(['WaitGroup']);

export interface CountedGoroutine {
  stmt: GoStmt;
  lit: FuncLit;
  /** First statement of the function. */
  done: DeferStmt;
  group: AccessPath;
}

/** All calls on wait groups in a declaration. */
export function groupCalls(analysis: Analysis, unit: DeclUnit): SyncCall[] {
  return syncCalls(analysis, unit, unit.decl, GROUP);
}

/**
 * A statement that starts a function literal which needs no parameters and whose first statement defers the only `Done` in it;
 * undefined for all others.
 */
export function countedGoroutine(
  analysis: Analysis,
  unit: DeclUnit,
  stmt: Stmt,
  calls: readonly SyncCall[],
): CountedGoroutine | undefined {
  if (stmt.kind !== 'GoStmt' || stmt.call.kind !== 'CallExpr') return undefined;
  const { fun: lit, args } = stmt.call;
  if (lit.kind !== 'FuncLit' || lit.type.results.length > 0 || !areOwnNames(analysis, unit, lit, args))
    return undefined;
  const [done] = lit.body.stmts;
  if (done?.kind !== 'DeferStmt') return undefined;
  const own = calls.filter(({ method, call }) => method === 'Done' && contains(lit, call));
  const [only] = own;
  return own.length === 1 && only?.call === done.call ? { stmt, lit, done, group: only.path } : undefined;
}

/**
 * True when each argument is the variable of a loop and the parameter has its name and type: since Go 1.22 each turn has its own, and
 * the literal may use that.
 */
function areOwnNames(analysis: Analysis, unit: DeclUnit, lit: FuncLit, args: readonly Expr[]): boolean {
  const params = flattenFields(lit.type.params);
  return (
    params.length === args.length &&
    params.every(({ name, type, variadic }, i) => {
      const arg = args[i];
      if (arg?.kind !== 'Ident' || arg.obj?.role !== 'range' || variadic || name?.name !== arg.name) return false;
      if (arg.obj.writes.length > 0 || arg.obj.addressTaken || !name.obj || name.obj.writes.length > 0) return false;
      const [given, taken] = [analysis.objectType(unit, arg.obj), analysis.types.resolve(unit, type)];
      return isSameType(given, taken);
    })
  );
}

/** True for equal types that have names, and for pointers to them. */
function isSameType(a: Type, b: Type): boolean {
  if (a.kind === 'basic') return b.kind === 'basic' && a.name === b.name;
  if (a.kind === 'pointer') return b.kind === 'pointer' && isSameType(a.elem, b.elem);
  if (a.kind !== 'named' || b.kind !== 'named') return false;
  return a.args.length + b.args.length === 0 && qualifiedName(a) === qualifiedName(b);
}

/** True for `wg.Add(1)` on that group. */
export function countsOne(stmt: Stmt | undefined, group: AccessPath, calls: readonly SyncCall[]): boolean {
  if (stmt?.kind !== 'ExprStmt' || stmt.x.kind !== 'CallExpr') return false;
  const add = calls.find(({ call, method }) => call === stmt.x && method === 'Add');
  const [delta] = stmt.x.args;
  return add !== undefined && pathKey(add.path) === pathKey(group) && delta?.kind === 'BasicLit' && delta.value === '1';
}
