/** Repairs for sends that nobody may receive. */
import type { Leak } from '../concurrency/model/leaks.ts';
import { makeBuffered } from '../fixes/make-buffered.ts';
import { isUnshadowed } from '../fixes/names.ts';
import { selectWithDone } from '../fixes/select-with-done.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { Launch } from '../golang/launches.ts';
import { ancestor, enclosingFunc, type ParentMap } from '../golang/parents.ts';
import { isContext } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, walk } from '../golang/walk.ts';
import type { LocalObject, Node, SendStmt } from '../syntax/ast.ts';
import type { FixSpec, RuleContext } from './context.ts';
import { isRepairedBy } from './model-report.ts';
import { endsWithSend, roomFor } from './channel-room.ts';
import { blockedSend, leakedChannel, startOf } from './leaked-channel.ts';

/** Room for everything that is sent where that is a known number; else giving up when a context in reach is done. */
export function sendFixes(context: RuleContext, leak: Leak): FixSpec[] {
  const buffer = bufferFix(context, leak);
  const select = contextFix(context, leak);
  if (buffer && select) select.preferred = false;
  return [buffer, select].filter((f) => f !== undefined);
}

/** `make(chan T, n)` where the number of sends is known. */
export function bufferFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis, unit } = context;
  const leaked = leakedChannel(analysis, leak);
  const size = leaked && leaked.unit.file === unit.file ? roomFor(analysis, leaked) : undefined;
  if (!leaked?.senders || size === undefined) return undefined;
  const edits = makeBuffered(leaked.unit, leaked.channel.make, size);
  if (!isRepairedBy(context, leak, edits)) return undefined;
  return {
    id: 'make-buffered',
    title: 'fix-buffer',
    args: { name: leaked.channel.object.name, size },
    preferred: true,
    safe: leaked.senders.every((s) => endsWithSend(analysis, s)),
    edits,
  };
}

/** `select` with the send and `ctx.Done()`. */
export function contextFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis, unit } = context;
  const send = blockedSend(leak);
  const start = startOf(analysis, leak);
  if (!send || !start || leak.site.unit.file !== unit.file || !isOnlySend(context, leak)) return undefined;
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
  return candidates.findLast((o) => isUnshadowed(unit, send, o.name, (other) => other !== o));
}

function isBefore(parents: ParentMap, object: LocalObject, stmt: Node): boolean {
  const block = ancestor(
    parents,
    object.decl,
    (n) => n.kind === 'BlockStmt' || n.kind === 'CommClause' || n.kind === 'CaseClause',
  );
  return block !== undefined && object.decl.end < stmt.start && contains(block, stmt);
}
