/** Repairs for a goroutine that does not always count down. */
import { combine } from '../../fixes/apply.ts';
import { deferEarlier } from '../../fixes/defer-statement.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { type AccessPath, pathName } from '../../golang/access-path.ts';
import type { PathEffect } from '../../golang/path-effects.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import { asCall, calledLiteral, contains, unparen } from '../../golang/walk.ts';
import type { CallExpr, DeferStmt, Expr, ForStmt, Node, RangeStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/**
 * `defer wg.Done()` as the first statement, in the place of every `wg.Done()` there is. Where the group does not count goroutines
 * that would count below zero.
 */
export function doneFixes(
  context: RuleContext,
  spawn: Spawn,
  add: SyncCall,
  group: AccessPath,
  effects: ReadonlyMap<Node, PathEffect>,
): FixSpec[] {
  const { body } = spawn;
  if (!body || !countsGoroutines(context, spawn, add)) return [];
  const { unit, func } = body;
  const call = `${pathName(group)}.Done()`;
  const insert = (lines: string): FileEdit[] | undefined => func.body && insertAtBlockStart(unit, func.body, lines);
  const dones = [...effects.keys()].map((n) => {
    const own = n.kind === 'DeferStmt' ? inDeferred(unit, n, call) : undefined;
    return own ?? (isReplaceable(unit, n, call) ? n : undefined);
  });
  const [only] = dones;
  const inLiteral = dones.length === 1 && only?.kind === 'ExprStmt' && !effects.has(only) ? asCall(only.x) : undefined;
  const edits =
    only && inLiteral
      ? // It takes its comments along.
        deferEarlier(unit, only, inLiteral, insert)
      : combine(insert(`defer ${call}`), ...dones.map((d) => d && deleteStatement(unit, d)));
  return [{ id: 'defer-done', title: 'fix-defer', args: { call }, preferred: true, edits }];
}

/** The `wg.Done()` with which a deferred function ends; the whole `defer` where it does nothing else. */
function inDeferred(unit: DeclUnit, stmt: DeferStmt, call: string): Stmt | undefined {
  const func = calledLiteral(stmt.call as CallExpr);
  const last = func?.body.stmts.at(-1);
  if (!func || last?.kind !== 'ExprStmt' || unit.text(last) !== call) return undefined;
  if (unit.text(func).split(call).length !== 2) return undefined;
  return func.body.stmts.length > 1 ? last : stmt;
}

/** True for `wg.Done()` as the last thing done on its way, and for `defer wg.Done()`. */
function isReplaceable(unit: DeclUnit, node: Node, call: string): node is Stmt {
  if (node.kind === 'DeferStmt') return unit.text(node.call) === call;
  if (node.kind !== 'ExprStmt' || !asCall(node.x) || unit.text(node.x) !== call) return false;
  const place = placeInList(unit, node);
  if (!place) return false;
  // An `if` that is left with nothing to do would have to go, too.
  if (place.list.owner.kind === 'BlockStmt' && place.list.stmts.length === 1) return false;
  const next = place.list.stmts[place.index + 1];
  return !next || (next.kind === 'ReturnStmt' && next.results.length === 0);
}

/** True when an `Add` counts at least as many as goroutines are started after it: one for each turn of a loop between the two. */
function countsGoroutines({ unit, analysis }: RuleContext, spawn: Spawn, add: SyncCall): boolean {
  const parents = analysis.parents(unit);
  const loops: (ForStmt | RangeStmt)[] = [];
  for (let n = parents.get(spawn.stmt); n && !contains(n, add.call); n = parents.get(n))
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') loops.push(n);
  const delta = add.call.args[0] && unparen(add.call.args[0]);
  const [loop] = loops;
  if (!loop) return delta?.kind === 'BasicLit';
  if (!delta || loops.length > 1) return false;
  const counted = unit.text(delta);
  return turnsOf(loop).some((turns) => counted === unit.text(turns) || counted === `len(${unit.text(turns)})`);
}

/** What tells how often a loop turns: `xs` of `range xs`, `n` of `for i := 0; i < n; i++`. */
export function turnsOf(loop: ForStmt | RangeStmt): Expr[] {
  if (loop.kind === 'RangeStmt') return [loop.x];
  const { init, cond, post } = loop;
  if (cond?.kind !== 'BinaryExpr' || cond.op !== '<' || post?.kind !== 'IncDecStmt' || post.op !== '++') return [];
  const counter = cond.x.kind === 'Ident' ? cond.x.obj : undefined;
  if (!counter || init?.kind !== 'AssignStmt' || counter.declNode !== init || counter.addressTaken) return [];
  return counter.writes.length === 1 && post.x.kind === 'Ident' && post.x.obj === counter ? [cond.y] : [];
}
