/** Repairs for a lock, or a slot of a semaphore, that is still held on some way out. */
import type { FileEdit } from '../../fixes/file-edit.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement, insertAtBlockStart, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { mentions } from '../../golang/access-path.ts';
import type { Block } from '../../golang/cfg.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { endOf, type Kept, waysOut } from '../../golang/kept-operation.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import { find } from '../../golang/walk.ts';
import type { BranchStmt, DeferStmt, Expr, ExprStmt, Node, ReturnStmt, SendStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { holdsBriefly, isPlainValue, makesError } from './missing-unlock.brief.ts';

/** What gives back what was taken, in Go and in the texts of the rule. */
export interface Release {
  /** The operation: `Unlock`, `RUnlock`, or one on a channel. */
  method: string;
  /** The statement. */
  text: string;
  /** The same at the end of the function. */
  deferred: string;
  /** What it guards belongs to the value that holds it: a lock. */
  guards: boolean;
  /** To defer it is what most people want. */
  prefersDefer: boolean;
  ids: { defer: string; before: string };
  titles: { defer: string; beforeReturn: string; beforeContinue: string; beforeEach: string };
  args: Record<string, string>;
}

/**
 * A deferred release where it can take the place of all releases there are, because next to nothing happens behind them; and the
 * release in front of every `return` and `continue` that lacks it.
 */
export function releaseFixes(context: RuleContext, kept: Kept, release: Release): FixSpec[] {
  const { ids, args, titles } = release;
  const deferred = deferRelease(context, kept, release);
  const ends = leakingEnds(context, kept, release);
  const [first] = ends ?? [];
  const hasEnds = ends !== undefined && first !== undefined;
  const fixes: FixSpec[] = [];
  if (deferred)
    fixes.push({
      id: ids.defer,
      title: titles.defer,
      args,
      preferred: release.prefersDefer || !hasEnds,
      edits: deferred,
    });
  if (hasEnds)
    fixes.push({
      id: ids.before,
      title:
        ends.length > 1 ? titles.beforeEach : first.kind === 'ReturnStmt' ? titles.beforeReturn : titles.beforeContinue,
      args: { ...args, line: context.line({ node: first }), count: ends.length },
      preferred: !release.prefersDefer || !deferred,
      edits: combine(...ends.map((end) => insertBeforeStatement(context.unit, end, release.text))),
    });
  return fixes;
}

/** `defer` behind the lock, and none of the releases that it makes needless; undefined where the lock would be held longer. */
function deferRelease(context: RuleContext, kept: Kept, { method, deferred, guards }: Release): FileEdit[] | undefined {
  const { unit, analysis } = context;
  const { taken, stmt, func, effects } = kept;
  const isInside = func !== taken.func;
  if (!func.body || (!isInside && !func.body.stmts.includes(stmt))) return undefined;
  const cfg = analysis.cfg(unit, func);
  const after = isInside ? new Set(cfg.where.keys()) : nodesAfter(cfg, stmt);
  const releases: (ExprStmt | SendStmt | DeferStmt)[] = [];
  for (const node of effects.keys()) {
    if (!after.has(node)) continue;
    if (node.kind !== 'DeferStmt' && node.kind !== 'ExprStmt' && node.kind !== 'SendStmt') return undefined;
    if (!isOperation(kept, method, node.kind === 'DeferStmt' ? deferredNode(node) : node)) return undefined;
    releases.push(node);
  }
  // What is deferred after the lock would run before the new release, and may want the lock for itself.
  if (guards) for (const node of after) if (node.kind === 'DeferStmt' && !releases.includes(node)) return undefined;
  const fine = releases.every(
    (r) =>
      !isAloneInBranch(context, kept, r) &&
      (r.kind === 'DeferStmt' || holdsBriefly(context, taken.path, nodesAfter(cfg, r))),
  );
  if (!fine) return undefined;
  const added = isInside ? insertAtBlockStart(unit, func.body, deferred) : insertAfterStatement(unit, stmt, deferred);
  return combine(added, ...releases.map((r) => deleteStatement(unit, r)));
}

/** The call that is deferred, or all that a deferred literal does. */
function deferredNode({ call }: DeferStmt): Node {
  if (call.kind !== 'CallExpr') return call;
  const only = call.fun.kind === 'FuncLit' && call.fun.body.stmts.length === 1 ? call.fun.body.stmts[0] : undefined;
  return only ?? call;
}

/** True for a node that is an operation on what was taken and nothing else. */
function isOperation({ operations }: Kept, method: string, node: Node): boolean {
  const made = node.kind === 'ExprStmt' ? node.x : node.kind === 'AssignStmt' ? node.rhs[0] : node;
  return operations.some((o) => o.node === made && o.method === method);
}

/** True when a branch would be left empty without the statement. */
function isAloneInBranch(context: RuleContext, { func }: Kept, stmt: Stmt): boolean {
  const list = placeInList(context.unit, stmt)?.list;
  return list !== undefined && list.stmts.length === 1 && list.owner !== func.body;
}

/** The statements in front of which a release is missing; undefined when it cannot be put in front of all of them. */
function leakingEnds(context: RuleContext, kept: Kept, { guards }: Release): (ReturnStmt | BranchStmt)[] | undefined {
  const ends = waysOut(context.analysis, kept)?.map(endOf);
  const free = reachedFree(context, kept);
  const isRight = (end: ReturnStmt | BranchStmt | undefined): end is ReturnStmt | BranchStmt =>
    end !== undefined &&
    !free.has(end) &&
    meansSameAt(context.unit, kept.taken.node, end) &&
    !(end.kind === 'ReturnStmt' && readsGuarded(context, kept, end, guards));
  return ends?.every(isRight) ? ends : undefined;
}

/** Nodes that control can come to without the lock: from the start of the function or from a release, without taking it again. */
function reachedFree(context: RuleContext, kept: Kept): Set<Node> {
  const { taken, func, effects } = kept;
  const cfg = context.analysis.cfg(context.unit, func);
  const takes = (n: Node): boolean => isOperation(kept, taken.method, n);
  const found = new Set<Node>();
  const seen = new Set<Block>();
  const work: { block: Block; from: number }[] = func === taken.func ? [{ block: cfg.entry, from: 0 }] : [];
  for (const n of effects.keys()) {
    const at = cfg.where.get(n);
    if (at) work.push({ block: at.block, from: at.index + 1 });
  }
  for (let w = work.pop(); w; w = work.pop()) {
    const rest = w.block.nodes.slice(w.from);
    const stop = rest.findIndex(takes);
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
function readsGuarded(context: RuleContext, { taken: { path } }: Kept, ret: ReturnStmt, guards: boolean): boolean {
  if (ret.results.every(isPlainValue)) return false;
  const owner = { ...path, fields: path.fields.slice(0, -1) };
  if (guards && mentions(context.analysis.parents(context.unit), ret, owner).length > 0) return true;
  return find(ret, (n): n is Expr => n.kind === 'CallExpr' && !makesError(context, n)) !== undefined;
}
