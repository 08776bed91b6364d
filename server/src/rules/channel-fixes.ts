/** Repairs for sends that nobody may receive. */
import type { Leak } from '../concurrency/model/leaks.ts';
import { makeBuffered } from '../fixes/make-buffered.ts';
import { isUnshadowed } from '../fixes/names.ts';
import { selectWithDone } from '../fixes/select-with-done.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { Launch } from '../golang/launches.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from '../golang/parents.ts';
import { isContext } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, unparen, walk } from '../golang/walk.ts';
import type { Expr, LocalObject, Node, SendStmt, Stmt } from '../syntax/ast.ts';
import type { FixSpec, RuleContext } from './context.ts';
import { closeInstead } from './leak-repairs/close-instead.ts';
import { stopAtHand } from './leak-repairs/stop-producer.ts';
import { deferRelease, releaseOnEveryWay } from './leak-repairs/defer-release.ts';
import { roomAtMake } from './leak-repairs/room.ts';
import { isRepairedBy } from './model-report.ts';
import { endsWithSend, roomFor } from './channel-room.ts';
import { blockedSend, type LeakedChannel, leakedChannel, startOf } from './leaked-channel.ts';

/** Room for everything that is sent where that is a known number; else giving up when a context in reach is done. */
export function sendFixes(context: RuleContext, leak: Leak): FixSpec[] {
  const buffer = bufferFix(context, leak) ?? roomAtMake(context, leak);
  const select = contextFix(context, leak);
  if (buffer && select) select.preferred = false;
  return [buffer, select].filter((f) => f !== undefined);
}

/**
 * The same, where one sender at a time has no receiver: what limits how many go on at once is handed back on every way out, what waits for
 * nobody gives up when a channel at hand is closed, and what tells to stop is closed.
 */
export function abandonedFixes(context: RuleContext, leak: Leak): FixSpec[] {
  const release = leak.manner === 'place' ? releaseOnEveryWay : deferRelease;
  const handBack = release(context, leak, ({ call }) => call.startsWith('func() { <-'));
  if (handBack) return [handBack];
  const fixes = sendFixes(context, leak);
  if (fixes.length > 0) return fixes;
  return [stopAtHand(context, leak) ?? closeInstead(context, leak)].filter((f) => f !== undefined);
}

/** `make(chan T, n)` where the number of sends is known. */
export function bufferFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const leaked = leakedChannel(analysis, leak);
  const size = leaked && roomFor(analysis, leaked);
  if (!leaked?.senders || size === undefined) return undefined;
  const edits = makeBuffered(leaked.unit, leaked.channel.make, size, !isSlots(leaked));
  if (!isRepairedBy(context, leak, edits, isStartedWhereMade(analysis, leaked))) return undefined;
  return {
    id: 'make-buffered',
    title: 'fix-buffer',
    args: { name: leaked.channel.object.name, size },
    preferred: true,
    safe: leaked.senders.every((s) => endsWithSend(analysis, s)),
    edits,
  };
}

/** True when a goroutine takes back what it sends: how many of them go on at once is what the capacity is for. */
function isSlots({ senders = [], uses }: LeakedChannel): boolean {
  return uses.some((u) => u.use.kind === 'receive' && senders.some((s) => s.launch.body?.func === u.func));
}

/** True when the function that makes the channel starts all senders itself: what is counted is then all that is sent. */
function isStartedWhereMade(analysis: Analysis, { unit, channel, senders = [] }: LeakedChannel): boolean {
  return senders.every(
    ({ launch }) => launch.unit === unit && enclosingFunc(analysis.parents(unit), launch.stmt) === channel.object.func,
  );
}

/** `select` with the send and `ctx.Done()`. */
export function contextFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const send = blockedSend(leak);
  const start = startOf(analysis, leak);
  if (!send || !start || !isOnlySend(context, leak)) return undefined;
  const ctx = contextAtSend(analysis, leak.site.unit, start, send);
  const edits = ctx && selectWithDone(leak.site.unit, send, `${ctx.name}.Done()`);
  if (!ctx || !isRepairedBy(context, leak, edits)) return undefined;
  return { id: 'select-with-context', title: 'fix-select', args: { ctx: ctx.name }, preferred: true, edits };
}

/** With several sends to change, one `select` is not the repair. */
function isOnlySend({ analysis }: RuleContext, leak: Leak): boolean {
  const start = startOf(analysis, leak);
  const sender = leakedChannel(analysis, leak)?.senders?.find((s) => s.launch === start);
  return !sender || sender.sends.length === 1;
}

/**
 * A context that can be named at the send and is not made only for the goroutine itself.
 * @param start what starts the goroutine that sends
 */
export function contextAtSend(
  analysis: Analysis,
  unit: DeclUnit,
  start: Launch,
  send: SendStmt,
): LocalObject | undefined {
  const parents = analysis.parents(unit);
  const starter = start.unit === unit ? enclosingFunc(parents, start.stmt) : undefined;
  const candidates: LocalObject[] = [];
  walk(unit.decl, (n) => {
    const object = n.kind === 'Ident' && n.obj?.decl === n && n.start < send.start ? n.obj : undefined;
    if (object?.kind !== 'var' || !isContext(analysis.objectType(unit, object))) return;
    const inBody = object.func === start.body?.func && object.role === 'param';
    const around = object.role !== 'local' && ancestor(parents, send, (f) => f === object.func) !== undefined;
    const before = object.role === 'local' && object.func === starter && isBefore(parents, object, start.stmt);
    if (inBody || around || before) candidates.push(object);
  });
  return candidates.findLast(
    (o) => isUnshadowed(unit, send, o.name, (other) => other !== o) && !isDoneAt(analysis, unit, o, start, send),
  );
}

/** True where the context is known to be done: behind `<-ctx.Done()`, in such an arm of a `select`, and in what it runs when it is done. */
function isDoneAt(analysis: Analysis, unit: DeclUnit, ctx: LocalObject, start: Launch, send: SendStmt): boolean {
  const isCtx = (x: Expr | undefined): boolean => x?.kind === 'Ident' && x.obj === ctx;
  const waits = (x: Node | undefined): boolean =>
    x?.kind === 'UnaryExpr' &&
    x.op === '<-' &&
    x.x.kind === 'CallExpr' &&
    x.x.fun.kind === 'SelectorExpr' &&
    x.x.fun.sel.name === 'Done' &&
    isCtx(x.x.fun.x);
  const waitsFirst = (stmt: Stmt | undefined): boolean => stmt?.kind === 'ExprStmt' && waits(unparen(stmt.x));
  if (analysis.callee(start.unit, start.call).name === 'context.AfterFunc' && isCtx(start.call.args[0])) return true;
  const parents = analysis.parents(unit);
  for (let n: Node | undefined = send; n && !isFunc(n); n = parents.get(n)) {
    const list = parents.get(n);
    if (list?.kind === 'CommClause' && waitsFirst(list.comm)) return true;
    const stmts = list?.kind === 'BlockStmt' ? list.stmts : list?.kind === 'CommClause' ? list.body : [];
    if (stmts.some((s) => s.start < send.start && waitsFirst(s))) return true;
  }
  return false;
}

function isBefore(parents: ParentMap, object: LocalObject, stmt: Node): boolean {
  const block = ancestor(
    parents,
    object.decl,
    (n) => n.kind === 'BlockStmt' || n.kind === 'CommClause' || n.kind === 'CaseClause',
  );
  return block !== undefined && object.decl.end < stmt.start && contains(block, stmt);
}
