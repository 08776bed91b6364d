/** Puts a `Wait` where those it waits for can finish. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { jumpsOutOf } from '../../fixes/jumps.ts';
import { moveBeforeAs, moveStatementAfter } from '../../fixes/move-after.ts';
import { moveStatementBefore } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { wrapStatements } from '../../fixes/wrap.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, parentsOf } from '../../golang/parents.ts';
import { asCall, find } from '../../golang/walk.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { CallExpr, DeferStmt, Node, Stmt } from '../../syntax/ast.ts';
import { bufferFix } from '../channel-fixes.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastStep, stmtAt } from '../leak-sites.ts';
import { doneForEach } from '../leak-repairs/done-for-each.ts';
import { isRepairedBy } from '../model-report.ts';

/** The first edit, of those a reviewer would make, with which nothing is left waiting; else room for all that is sent, or counting down what is dropped. */
export function drainFixes(context: RuleContext, leak: Leak): FixSpec[] {
  const { unit } = leak.site;
  const wait = stmtAt(leak.site);
  if (!wait || !isWait(wait)) return [];
  const blocked = lastStep(leak, 'also-blocked');
  const fix = candidates(unit, wait, blocked !== undefined && isSend(stmtAt(blocked))).find(({ id, edits }) =>
    // What loops over the channel until it is closed takes all that is sent, however much the model has tried.
    isRepairedBy(context, leak, edits, id === 'wait-in-goroutine' && drainsUntilClosed(unit, wait)),
  );
  if (fix) return [{ ...fix, preferred: true }];
  const room = blocked && bufferFix(context, { ...leak, site: blocked });
  if (room) return [room];
  const counted = doneForEach(context, leak);
  return counted ? [counted] : [];
}

/** `wg.Wait()` and the `close` right behind it in a goroutine, where all that follows in the function is taken until the channel is closed. */
export function wrapClosing(unit: DeclUnit, wait: CallExpr): FixSpec[] {
  const stmt = parentsOf(unit.decl).get(wait);
  if (stmt?.kind !== 'ExprStmt' || !drainsUntilClosed(unit, stmt)) return [];
  return candidates(unit, stmt, true).flatMap((c) => (c.id === 'wait-in-goroutine' ? [{ ...c, preferred: true }] : []));
}

/** @param sends the goroutines send: a channel must not be closed before they have */
function candidates(unit: DeclUnit, wait: Stmt, sends: boolean): FixSpec[] {
  const place = placeInList(unit, wait);
  if (!place) return [];
  const after = place.list.stmts.slice(place.index + 1);
  const call = unit.text(wait);
  const found: FixSpec[] = [];
  const [next] = after;
  if (next && isClose(next) && sends)
    found.push({
      id: 'wait-in-goroutine',
      title: 'fix-in-goroutine',
      args: { call, close: unit.text(next) },
      edits: wrapStatements(unit, wait, next, 'go func() {', '}()'),
    });
  const close = after.find(isClose);
  if (close && !sends)
    found.push({
      id: 'close-before-wait',
      title: 'fix-close-first',
      args: { call, close: unit.text(close) },
      edits: moveStatementBefore(unit, close, wait),
    });
  const deferred = sends ? undefined : deferredClose(unit, place.list.stmts.slice(0, place.index), wait);
  if (deferred)
    found.push({
      id: 'close-before-wait',
      title: 'fix-close-first',
      args: { call, close: unit.text(deferred.call) },
      edits: moveBeforeAs(unit, deferred, wait, unit.text(deferred.call)),
    });
  const drains = sends ? after.filter(receives) : [];
  for (const drain of new Set([...drains.slice(0, 1), ...drains.slice(-1)]))
    found.push({
      id: 'wait-after-receives',
      title: 'fix-after-receives',
      args: { call },
      edits: moveStatementAfter(unit, wait, drain),
    });
  return found;
}

/** True for `wg.Wait(); close(ch)` in front of a loop over `ch` that nothing leaves. */
function drainsUntilClosed(unit: DeclUnit, wait: Stmt): boolean {
  const place = placeInList(unit, wait);
  const [close, ...after] = place?.list.stmts.slice(place.index + 1) ?? [];
  const call = close?.kind === 'ExprStmt' && isClose(close) ? asCall(close.x) : undefined;
  const [channel] = call?.args ?? [];
  const loop = after.find((s) => s.kind === 'RangeStmt' && channel && unit.text(s.x) === unit.text(channel));
  if (loop?.kind !== 'RangeStmt') return false;
  const { returns, breaks, labelled } = jumpsOutOf(loop.body.stmts);
  return (
    returns.length + breaks.length + labelled.length === 0 && !after.some((s) => s.start < loop.start && leaves(s))
  );
}

function leaves(stmt: Stmt): boolean {
  return find(stmt, (n) => n.kind === 'ReturnStmt' || n.kind === 'BranchStmt') !== undefined;
}

/** A `defer close(ch)` on whose way to the wait nobody leaves: it may be a plain call in front of the wait. */
function deferredClose(unit: DeclUnit, before: readonly Stmt[], wait: Stmt): DeferStmt | undefined {
  const parents = parentsOf(unit.decl);
  return before.find((s): s is DeferStmt => {
    const call = s.kind === 'DeferStmt' ? asCall(s.call) : undefined;
    if (!call || !isCloseCall(call)) return false;
    return !nodesOfKind(unit.decl, 'ReturnStmt').some(
      (r) => s.end < r.start && r.end < wait.start && enclosingFunc(parents, r) === enclosingFunc(parents, s),
    );
  });
}

function isSend(stmt: Stmt | undefined): boolean {
  if (stmt?.kind === 'SelectStmt') return stmt.clauses.some((c) => c.comm?.kind === 'SendStmt');
  return stmt?.kind === 'SendStmt';
}

/** False for `g.Go(f)` of a group with a limit, which waits as well. */
function isWait(stmt: Stmt): boolean {
  const call = stmt.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  return call?.fun.kind === 'SelectorExpr' && call.fun.sel.name === 'Wait';
}

function isClose(stmt: Stmt): boolean {
  const call = stmt.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  return call !== undefined && isCloseCall(call);
}

function isCloseCall({ fun }: CallExpr): boolean {
  return fun.kind === 'Ident' && fun.name === 'close' && fun.obj === undefined;
}

/** True for a statement that receives and goes on to the next one. */
function receives(stmt: Stmt): boolean {
  if (!GOES_ON.has(stmt.kind)) return false;
  const isReceive = (n: Node): boolean => n.kind === 'RangeStmt' || (n.kind === 'UnaryExpr' && n.op === '<-');
  return find(stmt, isReceive) !== undefined && find(stmt, (n) => n.kind === 'ReturnStmt') === undefined;
}

const GOES_ON = new Set<Node['kind']>(['ExprStmt', 'AssignStmt', 'ForStmt', 'RangeStmt']);
