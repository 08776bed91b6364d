/** How a lost cancel function is brought back. */
import type { BranchStmt, DeferStmt, Ident, LocalObject, Node, ReturnStmt } from '../../syntax/ast.ts';
import { combine } from '../../fixes/apply.ts';
import { nameBlank } from '../../fixes/assign.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { wrapBodyInClosure } from '../../fixes/wrap.ts';
import { originsOf } from '../../golang/origins.ts';
import { leavesFunction } from '../../golang/leaves-function.ts';
import { ancestor, inLoop, isFunc } from '../../golang/parents.ts';
import { isNamedAt } from '../../golang/scopes.ts';
import { allUnreleasedPaths, type UnreleasedPath } from '../../golang/paths.ts';
import { isReachedReleased } from '../../golang/released-ways.ts';
import { type Acquisition, releaseSearch } from '../../golang/resources.ts';
import { isErrorType } from '../../golang/types.ts';
import { contains, find, isNil } from '../../golang/walk.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { callOf, cancelAfterUse } from './lost-cancel.after-use.ts';

/** Gives the dropped cancel function a name, and calls it when the function, or the turn of the loop, ends. */
export function nameAndDefer(context: RuleContext, a: Acquisition, blank: Ident): FixSpec[] {
  const { unit, analysis } = context;
  const { stmt } = a;
  if (stmt?.kind !== 'AssignStmt' || contextOutlives(context, a)) return [];
  const name = freshName(unit, a.call, isStop(a) ? 'stop' : 'cancel');
  const named = nameBlank(unit, blank, name, 'context.CancelFunc');
  if (inLoop(analysis.parents(unit), a.call)) {
    const fix = perIteration(context, a, name);
    return [{ ...fix, edits: combine(named, fix.edits) }];
  }
  return [
    {
      id: 'defer-cancel',
      title: 'fix-defer',
      args: { name },
      preferred: true,
      edits: combine(named, insertAfterStatement(unit, stmt, `defer ${callOf(a, name)}`)),
    },
  ];
}

/** `defer cancel()` when the function means to cancel itself; `cancel()` on the leaking way when it hands cancel on elsewhere. */
export function repairs(context: RuleContext, a: Acquisition, cancel: LocalObject, path: UnreleasedPath): FixSpec[] {
  if (path.end === 'again') return inLoopRepairs(context, a, cancel, path);
  if (path.end !== 'return' || a.stmt?.kind !== 'AssignStmt') return [];
  const parents = context.analysis.parents(context.unit);
  const handedOn = cancel.uses.some((u) => {
    const p = parents.get(u);
    if (cancel.writes.includes(u)) return false;
    return !(p?.kind === 'CallExpr' && p.fun === u) && !isNilTest(p);
  });
  if (handedOn) return cancelBeforeReturns(context, a, cancel, path);
  if (inLoop(parents, a.call)) return cancelAfterUse(context, a, cancel);
  const leaving = leavingUses(context, a);
  // Whoever has the context by then goes on with it.
  if (leaving?.length !== 0)
    return cancelBeforeReturns(context, a, cancel, path, (ret) => leaving?.every((u) => u.start > ret.end) ?? false);
  return [
    {
      id: 'defer-cancel',
      title: 'fix-defer',
      args: { name: cancel.name },
      preferred: true,
      safe: cancel.uses.length > 0,
      edits: insertAfterStatement(context.unit, a.stmt, `defer ${callOf(a, cancel.name)}`),
    },
  ];
}

/** `cancel()` before each return that lacks it; nothing where that is not possible, or not right, before all of them. */
export function cancelBeforeReturns(
  context: RuleContext,
  a: Acquisition,
  cancel: LocalObject,
  path: UnreleasedPath,
  isRightAt: (ret: ReturnStmt) => boolean = () => true,
): FixSpec[] {
  const { analysis, unit } = context;
  const search = releaseSearch(analysis, a, true);
  const returnOf = ({ node }: UnreleasedPath): ReturnStmt | undefined =>
    node?.kind === 'ReturnStmt' ? node : undefined;
  const returns = search && allUnreleasedPaths(search, path, returnOf)?.map(returnOf);
  const [first] = returns ?? [];
  const isRight = (ret: ReturnStmt | undefined): ret is ReturnStmt =>
    ret !== undefined &&
    !(search && isReachedReleased(search, ret)) &&
    isRightAt(ret) &&
    !returnsItsWork(context, a, ret) &&
    isNamedAt(unit, cancel, ret);
  if (!first || !returns?.every(isRight)) return [];
  const call = callOf(a, cancel.name);
  const lines = (ret: ReturnStmt): string =>
    isSetAt(context, a, ret) ? call : `if ${cancel.name} != nil {\n\t${call}\n}`;
  return [
    {
      id: 'cancel-before-return',
      title: returns.length > 1 ? 'fix-before-each' : 'fix-before-return',
      args: { name: cancel.name, line: context.line({ node: first }), count: returns.length },
      preferred: true,
      edits: combine(...returns.map((ret) => insertBeforeStatement(unit, ret, lines(ret)))),
    },
  ];
}

function isNilTest(node: Node | undefined): boolean {
  return node?.kind === 'BinaryExpr' && (isNil(node.x) || isNil(node.y));
}

/** True when control cannot come to `ret` but by the acquiring statement: cancel is not nil there. */
function isSetAt(context: RuleContext, a: Acquisition, ret: ReturnStmt): boolean {
  const around = a.stmt && context.analysis.parents(context.unit).get(a.stmt);
  return around !== undefined && contains(around, ret);
}

/** True when what is returned, errors aside, was made with the context: it would be of no use once that is cancelled. */
function returnsItsWork(context: RuleContext, a: Acquisition, ret: ReturnStmt): boolean {
  const { analysis, unit } = context;
  const target = a.stmt?.kind === 'AssignStmt' ? a.stmt.lhs[0] : undefined;
  const derived = target?.kind === 'Ident' ? target.obj : undefined;
  const values = ret.results.filter((r) => !isErrorType(analysis.typeOf(unit, r)));
  const origins = originsOf(analysis.parents(unit), values);
  return derived !== undefined && (origins?.some((n) => n.kind === 'Ident' && n.obj === derived) ?? true);
}

/** In a loop: `cancel()` before the `continue` that skips it, or a function around the body that calls it on every way. */
function inLoopRepairs(context: RuleContext, a: Acquisition, cancel: LocalObject, path: UnreleasedPath): FixSpec[] {
  const { unit } = context;
  if (contextOutlives(context, a)) return [];
  if (cancel.uses.length === 0) return [perIteration(context, a, cancel.name)];
  const next = continueTaken(context, cancel, path);
  if (!next) return cancelAfterUse(context, a, cancel);
  return [
    {
      id: 'cancel-before-continue',
      title: 'fix-before-continue',
      args: { name: cancel.name, line: context.line({ node: next }) },
      preferred: true,
      edits: insertBeforeStatement(unit, next, callOf(a, cancel.name)),
    },
  ];
}

/** The `continue` at the end of the branch that a path takes last. */
function continueTaken(context: RuleContext, cancel: LocalObject, path: UnreleasedPath): BranchStmt | undefined {
  const edge = path.decisions.findLast((d) => d.cond && (d.kind === 'true' || d.kind === 'false'));
  const parents = context.analysis.parents(context.unit);
  const stmt = edge?.cond && ancestor(parents, edge.cond, (n) => n.kind === 'IfStmt' || isFunc(n));
  const branch = stmt?.kind !== 'IfStmt' ? undefined : edge?.kind === 'true' ? stmt.body : stmt.else;
  const last = branch?.kind === 'BlockStmt' ? branch.stmts.at(-1) : undefined;
  return last?.kind === 'BranchStmt' && last.tok === 'continue' && isNamedAt(context.unit, cancel, last)
    ? last
    : undefined;
}

/**
 * A function literal around the body of the loop, so that `defer` runs on each turn.
 * @param deferred the `defer` when there is one already
 */
export function perIteration(context: RuleContext, a: Acquisition, name: string, deferred?: DeferStmt): FixSpec {
  const { unit, analysis } = context;
  const loop = a.stmt && analysis.parents(unit).get(a.stmt);
  const body = loop?.kind === 'BlockStmt' && isLoop(analysis.parents(unit).get(loop)) ? loop : undefined;
  const others = body && find(body, (n) => n.kind === 'DeferStmt' && n !== deferred);
  const wrapped = body && !others && a.stmt !== body.stmts.at(-1) ? wrapBodyInClosure(unit, body) : undefined;
  const added = deferred
    ? []
    : a.stmt?.kind === 'AssignStmt'
      ? insertAfterStatement(unit, a.stmt, `\tdefer ${callOf(a, name)}`)
      : undefined;
  return {
    id: 'closure-per-iteration',
    title: 'fix-closure',
    args: { name },
    preferred: true,
    edits: wrapped && combine(wrapped, added),
  };
}

function isLoop(node: Node | undefined): boolean {
  return node?.kind === 'ForStmt' || node?.kind === 'RangeStmt';
}

/** True when the derived context itself lives on after the function returned: cancelling at the end would be wrong. */
function contextOutlives(context: RuleContext, a: Acquisition): boolean {
  return leavingUses(context, a)?.length !== 0;
}

/** The uses by which the derived context leaves the function; undefined where it is kept where they cannot be told. */
function leavingUses(context: RuleContext, a: Acquisition): Ident[] | undefined {
  const target = a.stmt?.kind === 'AssignStmt' ? a.stmt.lhs[0] : undefined;
  if (!target || isStop(a)) return [];
  const object = target.kind === 'Ident' ? target.obj : undefined;
  if (!object) return target.kind === 'Ident' && target.name === '_' ? [] : undefined;
  if (object.func !== a.func || object.addressTaken) return undefined;
  const parents = context.analysis.parents(context.unit);
  return object.uses.filter((use) => use.start > a.call.start && leavesFunction(parents, object, use));
}

function isStop(a: Acquisition): boolean {
  return a.acquires.kind === 'stop';
}
