/** Functions that lock something and give their caller the function that unlocks it: `unlock := locks.Lock(key)`. */
import type { Expr, FuncDecl, Node, ReturnStmt } from '../syntax/ast.ts';
import { readResults } from '../syntax/func-header.ts';
import { accessPath, type AccessPath, pathKey } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc, inLoop } from './parents.ts';
import { PathEffects } from './path-effects.ts';
import { perPackage } from './per-package.ts';
import { closedElsewhere, type SyncKind } from './released-elsewhere.ts';
import { syncCalls } from './sync-calls.ts';
import { isErrorType } from './types.ts';
import { find, isNil, unparen } from './walk.ts';

const LOCKS: SyncKind = {
  types: new Set(['Mutex', 'RWMutex', 'Locker']),
  open: ['Lock', 'RLock'],
  close: ['Unlock', 'RUnlock'],
};

/** What a caller gets. */
export interface GivenUnlock {
  /** Which result unlocks. */
  result: number;
  /** Which result says that nothing has been locked. */
  error?: number;
  /** Where the lock is taken. */
  lock: Node;
  path: AccessPath;
}

/** Names of functions of a package that may do so, told from their text. They depend on bodies. */
export const unlockGivers = perPackage(
  (pkg): ReadonlySet<string> =>
    new Set(
      pkg.files.flatMap((file) =>
        file.isTest || !/Unlock\b/.test(file.text)
          ? []
          : file.outline.decls.flatMap((d) => {
              if (d.tok !== 'func' || d.body < 0) return [];
              if (!/\bfunc\(\)/.test(readResults(file.textOf({ base: d.base, end: d.body })))) return [];
              const text = file.textOf(d);
              return /\.R?Lock\(\)/.test(text) && /\.R?Unlock\b/.test(text) ? d.names : [];
            }),
      ),
    ),
);

/** What a function that takes a lock gives its caller to unlock it, on every way on which it has the lock. */
export function givenUnlock(analysis: Analysis, { unit, decl }: VisibleFunc): GivenUnlock | undefined {
  if (
    unit.hasError ||
    !decl.body ||
    nodesOfKind(decl, 'DeferStmt').some((d) => enclosingFunc(analysis.parents(unit), d) === decl)
  )
    return undefined;
  const parents = analysis.parents(unit);
  const giving = givingReturns(analysis, { unit, decl });
  if (!giving) return undefined;
  const { result, error, returns, given } = giving;
  const calls = syncCalls(analysis, unit, decl, LOCKS.types);
  const summaries = new PathEffects(analysis, { perform: LOCKS.close, open: LOCKS.open });
  for (const { call, method, path, func } of calls) {
    const stmt = parents.get(call);
    if (!LOCKS.open.includes(method) || func !== decl || stmt?.kind !== 'ExprStmt' || inLoop(parents, stmt)) continue;
    // A lock that it lets go of itself is none that it leaves to its caller.
    const isFree = calls.some((c) => c.call !== call && c.func === decl && pathKey(c.path) === pathKey(path));
    if (isFree || !isFirst(decl, stmt, returns, result)) continue;
    const unlocks = (r: ReturnStmt): boolean =>
      isUnlocking(r.results[result], path, (x) => summaries.ofFunction(unit, x, path) === 'performs');
    if (!given.every((r) => r.start > stmt.start && unlocks(r))) continue;
    if (closedElsewhere(analysis, unit, path, LOCKS)) continue;
    return { result, lock: call, path, ...error };
  }
  return undefined;
}

/** Where a function gives its caller one without parameters and results, of which an error tells that there is none. */
export function givingReturns(
  analysis: Analysis,
  { unit, decl }: VisibleFunc,
): { result: number; error: { error?: number }; returns: ReturnStmt[]; given: ReturnStmt[] } | undefined {
  const types = analysis.types.signature(unit, decl.type).results;
  const result = types.findIndex((t) => t.kind === 'func' && t.params.length === 0 && t.results.length === 0);
  if (result < 0) return undefined;
  const parents = analysis.parents(unit);
  const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
  const given = returns.filter(({ results }) => !(results[result] && isNil(results[result])));
  const error = types.findIndex(isErrorType);
  if (given.length === 0 || (given.length < returns.length && error < 0)) return undefined;
  return { result, error: error < 0 ? {} : { error }, returns, given };
}

/** True for a lock that is always taken where the function comes to its end: nothing decides about it but ways out before, which give nothing. */
function isFirst(decl: FuncDecl, stmt: Node, returns: readonly ReturnStmt[], result: number): boolean {
  if (!decl.body?.stmts.some((s) => s === stmt)) return false;
  return returns.every(({ start, results }) => start > stmt.start || (results[result] && isNil(results[result])));
}

/** A literal that unlocks, or the method itself: `s.mu.Unlock`. */
function isUnlocking(
  result: Expr | undefined,
  path: AccessPath,
  performs: (literal: Extract<Expr, { kind: 'FuncLit' }>) => boolean,
): boolean {
  const x = result && unparen(result);
  if (x?.kind === 'FuncLit') return performs(x) && !find(x, (n) => n.kind === 'GoStmt');
  if (x?.kind !== 'SelectorExpr' || !LOCKS.close.includes(x.sel.name)) return false;
  const of = accessPath(x.x);
  return of !== undefined && pathKey(of) === pathKey(path);
}
