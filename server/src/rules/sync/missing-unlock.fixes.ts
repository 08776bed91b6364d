/** Repairs for a lock that is still held on some way out. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import type { AccessPath } from '../../golang/access-path.ts';
import { mentions, pathName } from '../../golang/access-path.ts';
import type { Block } from '../../golang/cfg.ts';
import { inLoop } from '../../golang/parents.ts';
import type { PathEffect } from '../../golang/path-effects.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import { find } from '../../golang/walk.ts';
import type { Expr, ExprStmt, Node, ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/**
 * `defer mu.Unlock()` where it can take the place of all unlocks there are, which must be one in the end of the
 * function; else the unlock in front of the return that lacks it.
 */
export function unlockFixes(
  context: RuleContext,
  lock: SyncCall,
  stmt: ExprStmt,
  found: UnreleasedPath,
  effects: ReadonlyMap<Node, PathEffect>,
  unlock: string,
): FixSpec[] {
  const { unit } = context;
  const name = pathName(lock.path);
  const fixes: FixSpec[] = [];
  const last = soleFinalUnlock(context, lock, stmt, effects);
  if (last)
    fixes.push({
      id: 'defer-unlock',
      title: 'fix-defer',
      args: { name, unlock },
      preferred: true,
      edits: combine(insertAfterStatement(unit, stmt, `defer ${name}.${unlock}()`), deleteStatement(unit, last)),
    });
  const ret = found.node;
  if (
    ret?.kind === 'ReturnStmt' &&
    isHeldWhenever(context, lock, ret, effects) &&
    !readsGuarded(context, lock.path, ret)
  )
    fixes.push({
      id: 'unlock-before-return',
      title: 'fix-before-return',
      args: { name, unlock, line: context.line({ node: ret }) },
      preferred: !last,
      edits: insertBeforeStatement(unit, ret, `${name}.${unlock}()`),
    });
  return fixes;
}

/** The one unlock of a function, when it stands at its end in the same block as the lock, with nothing to wait for behind it. */
function soleFinalUnlock(
  context: RuleContext,
  lock: SyncCall,
  stmt: ExprStmt,
  effects: ReadonlyMap<Node, PathEffect>,
): ExprStmt | undefined {
  const stmts = lock.func.body?.stmts ?? [];
  const [only, ...others] = [...effects.keys()].filter((n) => n !== stmt);
  if (only?.kind !== 'ExprStmt' || others.length > 0 || inLoop(context.analysis.parents(context.unit), stmt))
    return undefined;
  const [at, from] = [stmts.indexOf(only), stmts.indexOf(stmt)];
  if (from < 0 || at < from) return undefined;
  const rest = stmts.slice(at + 1);
  const isPlain = rest.every((s) => s.kind === 'ReturnStmt' && s.results.every(isPlainValue));
  return isPlain ? only : undefined;
}

/** True when every way to a return still holds the lock: none comes from an unlock without locking again. */
function isHeldWhenever(
  context: RuleContext,
  lock: SyncCall,
  ret: ReturnStmt,
  effects: ReadonlyMap<Node, PathEffect>,
): boolean {
  const cfg = context.analysis.cfg(context.unit, lock.func);
  const locks = (n: Node): boolean =>
    n.kind === 'ExprStmt' &&
    n.x.kind === 'CallExpr' &&
    n.x.fun.kind === 'SelectorExpr' &&
    /^R?Lock$/.test(n.x.fun.sel.name);
  const seen = new Set<Block>();
  const work: { block: Block; from: number }[] = [{ block: cfg.entry, from: 0 }];
  for (const n of effects.keys()) {
    const at = cfg.where.get(n);
    if (at) work.push({ block: at.block, from: at.index + 1 });
  }
  for (let w = work.pop(); w; w = work.pop()) {
    const rest = w.block.nodes.slice(w.from);
    const stop = rest.findIndex(locks);
    if ((stop < 0 ? rest : rest.slice(0, stop)).includes(ret)) return false;
    if (stop >= 0) continue;
    for (const e of w.block.succs) {
      if (seen.has(e.to)) continue;
      seen.add(e.to);
      work.push({ block: e.to, from: 0 });
    }
  }
  return true;
}

/** True when the results of a return are computed from what the lock may guard, or by calls that may rely on it. */
function readsGuarded(context: RuleContext, path: AccessPath, ret: ReturnStmt): boolean {
  if (ret.results.every(isPlainValue)) return false;
  const owner = { ...path, fields: path.fields.slice(0, -1) };
  if (mentions(context.analysis.parents(context.unit), ret, owner).length > 0) return true;
  return find(ret, (n) => n.kind === 'CallExpr' && !makesError(context, n)) !== undefined;
}

function makesError(context: RuleContext, call: Extract<Node, { kind: 'CallExpr' }>): boolean {
  const c = context.analysis.callee(context.unit, call);
  return c.name === 'errors.New' || c.name === 'fmt.Errorf';
}

function isPlainValue(x: Expr): boolean {
  return x.kind === 'BasicLit' || x.kind === 'Ident' || (x.kind === 'UnaryExpr' && x.op === '-' && isPlainValue(x.x));
}
