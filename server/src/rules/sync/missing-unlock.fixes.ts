/** Repairs for a lock that is still held on some way out. */
import type { TextEdit } from '../../engine/finding.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { mentions } from '../../golang/access-path.ts';
import type { Block } from '../../golang/cfg.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import { find } from '../../golang/walk.ts';
import type { BranchStmt, DeferStmt, Expr, ExprStmt, Node, ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { holdsBriefly, isPlainValue, makesError } from './missing-unlock.brief.ts';
import { endOf, type HeldLock, waysOut } from './missing-unlock.search.ts';

/**
 * `defer mu.Unlock()` where it can take the place of all unlocks there are, because next to nothing happens behind them; and the
 * unlock in front of every `return` and `continue` that lacks it.
 */
export function unlockFixes(context: RuleContext, held: HeldLock, unlock: string): FixSpec[] {
  const { lock } = held;
  const receiver = lock.call.fun.kind === 'SelectorExpr' ? context.unit.text(lock.call.fun.x) : '';
  const call = `${receiver}.${unlock}()`;
  const args = { name: receiver, unlock };
  const deferred = deferUnlock(context, held, unlock, call);
  const fixes: FixSpec[] = [];
  if (deferred) fixes.push({ id: 'defer-unlock', title: 'fix-defer', args, preferred: true, edits: deferred });
  const ends = leakingEnds(context, held);
  const [first] = ends ?? [];
  if (ends && first)
    fixes.push({
      id: 'unlock-before-return',
      title:
        ends.length > 1 ? 'fix-before-each' : first.kind === 'ReturnStmt' ? 'fix-before-return' : 'fix-before-continue',
      args: { ...args, line: context.line({ node: first }), count: ends.length },
      preferred: !deferred,
      edits: combine(...ends.map((end) => insertBeforeStatement(context.unit, end, call))),
    });
  return fixes;
}

/** `defer` behind the lock, and none of the unlocks that it makes needless; undefined where the lock would be held longer. */
function deferUnlock(context: RuleContext, held: HeldLock, unlock: string, call: string): TextEdit[] | undefined {
  const { unit, analysis } = context;
  const { lock, stmt, effects, calls } = held;
  if (!lock.func.body?.stmts.includes(stmt)) return undefined;
  const cfg = analysis.cfg(unit, lock.func);
  const after = nodesAfter(cfg, stmt);
  const releases: (ExprStmt | DeferStmt)[] = [];
  for (const node of effects.keys()) {
    if (!after.has(node)) continue;
    const made = node.kind === 'DeferStmt' ? node.call : node.kind === 'ExprStmt' ? node.x : undefined;
    if (!made || !calls.some((c) => c.call === made && c.method === unlock)) return undefined;
    releases.push(node as ExprStmt | DeferStmt);
  }
  // What is deferred after the lock would run before the new unlock, and may want the lock for itself.
  for (const node of after) if (node.kind === 'DeferStmt' && !releases.includes(node)) return undefined;
  const fine = releases.every(
    (r) =>
      !isAloneInBranch(context, held, r) &&
      (r.kind === 'DeferStmt' || holdsBriefly(context, lock.path, nodesAfter(cfg, r))),
  );
  if (!fine) return undefined;
  return combine(
    insertAfterStatement(unit, stmt, `defer ${call}`),
    ...releases.map((release) => deleteStatement(unit, release)),
  );
}

/** True when a branch would be left empty without the statement. */
function isAloneInBranch(context: RuleContext, { lock }: HeldLock, stmt: ExprStmt | DeferStmt): boolean {
  const list = placeInList(context.unit, stmt)?.list;
  return list !== undefined && list.stmts.length === 1 && list.owner !== lock.func.body;
}

/** The statements in front of which an unlock is missing; undefined when it cannot be put in front of all of them. */
function leakingEnds(context: RuleContext, held: HeldLock): (ReturnStmt | BranchStmt)[] | undefined {
  const ends = waysOut(context.analysis, held)?.map(endOf);
  const unlocked = reachedUnlocked(context, held);
  const isRight = (end: ReturnStmt | BranchStmt | undefined): end is ReturnStmt | BranchStmt =>
    end !== undefined &&
    !unlocked.has(end) &&
    meansSameAt(context.unit, held.lock.call, end) &&
    !(end.kind === 'ReturnStmt' && readsGuarded(context, held, end));
  return ends?.every(isRight) ? ends : undefined;
}

/** Nodes that control can come to without the lock: from the start of the function or from an unlock, without locking again. */
function reachedUnlocked(context: RuleContext, { lock, effects, calls }: HeldLock): Set<Node> {
  const cfg = context.analysis.cfg(context.unit, lock.func);
  const locks = (n: Node): boolean =>
    n.kind === 'ExprStmt' && calls.some((c) => c.call === n.x && c.method === lock.method);
  const found = new Set<Node>();
  const seen = new Set<Block>();
  const work: { block: Block; from: number }[] = [{ block: cfg.entry, from: 0 }];
  for (const n of effects.keys()) {
    const at = cfg.where.get(n);
    if (at) work.push({ block: at.block, from: at.index + 1 });
  }
  for (let w = work.pop(); w; w = work.pop()) {
    const rest = w.block.nodes.slice(w.from);
    const stop = rest.findIndex(locks);
    for (const n of stop < 0 ? rest : rest.slice(0, stop)) found.add(n);
    if (stop >= 0) continue;
    for (const e of w.block.succs) {
      if (seen.has(e.to)) continue;
      seen.add(e.to);
      work.push({ block: e.to, from: 0 });
    }
  }
  return found;
}

/** True when the results of a return are computed from what the lock may guard, or by calls that may rely on it. */
function readsGuarded(context: RuleContext, { lock: { path } }: HeldLock, ret: ReturnStmt): boolean {
  if (ret.results.every(isPlainValue)) return false;
  const owner = { ...path, fields: path.fields.slice(0, -1) };
  if (mentions(context.analysis.parents(context.unit), ret, owner).length > 0) return true;
  return find(ret, (n): n is Expr => n.kind === 'CallExpr' && !makesError(context, n)) !== undefined;
}
