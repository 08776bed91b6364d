/** Repairs for a send that nobody may receive. */
import { makeBuffered } from '../../fixes/make-buffered.ts';
import { isUnshadowed } from '../../fixes/names.ts';
import { selectWithDone } from '../../fixes/select-with-done.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import type { LocalChannel } from '../../golang/local-channels.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import { isContext } from '../../golang/types.ts';
import { contains, walk } from '../../golang/walk.ts';
import type { LocalObject, Node, SendStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import type { Sender } from './abandoned-send.paths.ts';

/** Room for everything that is sent where that is a known number; else giving up when a context in reach is done. */
export function sendFixes(
  context: RuleContext,
  channel: LocalChannel,
  senders: readonly Sender[],
  sender: Sender,
): FixSpec[] {
  const { unit } = context;
  const fixes: FixSpec[] = [];
  const size = senders.every((s) => sendsOnce(context, channel, s)) ? senders.length : undefined;
  if (size !== undefined)
    fixes.push({
      id: 'make-buffered',
      title: 'fix-buffer',
      args: { name: channel.object.name, size },
      preferred: true,
      safe: senders.every((s) => endsWithSend(context, s)),
      edits: makeBuffered(unit, channel.make, String(size)),
    });
  const [send] = sender.sends;
  const ctx =
    send && sender.sends.length === 1 && sender.spawn.body?.unit === unit
      ? contextInScope(context, sender, send)
      : undefined;
  if (send && ctx)
    fixes.push({
      id: 'select-with-context',
      title: 'fix-select',
      args: { ctx: ctx.name },
      preferred: size === undefined,
      edits: selectWithDone(unit, send, `${ctx.name}.Done()`),
    });
  return fixes;
}

/** True when a goroutine is started once for the channel and sends at most once. */
function sendsOnce(context: RuleContext, channel: LocalChannel, { spawn, sends }: Sender): boolean {
  const { analysis } = context;
  const { body } = spawn;
  if (!body || startedRepeatedly(context, channel, spawn.stmt)) return false;
  const parents = analysis.parents(body.unit);
  const cfg = analysis.cfg(body.unit, body.func);
  const nodes = sends.map((s) => cfgNode(cfg.where, parents, s));
  return nodes.every((n) => {
    if (!n) return false;
    const after = nodesAfter(cfg, n);
    // A deferred send comes after all others.
    return n.kind === 'DeferStmt' ? nodes.length === 1 && !after.has(n) : nodes.every((m) => m && !after.has(m));
  });
}

/** True when nothing happens behind any send of a goroutine, so that nobody can tell whether it was received at once. */
function endsWithSend(context: RuleContext, { spawn, sends }: Sender): boolean {
  const { analysis } = context;
  const { body } = spawn;
  if (!body) return false;
  const cfg = analysis.cfg(body.unit, body.func);
  if (cfg.blocks.some((b) => b.nodes.some((n) => n.kind === 'DeferStmt'))) return false;
  return sends.every((s) => [...nodesAfter(cfg, s)].every((n) => n.kind === 'ReturnStmt' && n.results.length === 0));
}

function startedRepeatedly(context: RuleContext, channel: LocalChannel, stmt: Node): boolean {
  const parents = context.analysis.parents(context.unit);
  const loop = ancestor(parents, stmt, (n) => isFunc(n) || n.kind === 'ForStmt' || n.kind === 'RangeStmt');
  return loop !== undefined && !isFunc(loop) && !contains(loop, channel.object.decl);
}

/** A context that can be named at the send and is not made only for the goroutine itself. */
function contextInScope(context: RuleContext, { spawn }: Sender, send: SendStmt): LocalObject | undefined {
  const { analysis, unit } = context;
  const candidates: LocalObject[] = [];
  walk(unit.decl, (n) => {
    const object = n.kind === 'Ident' && n.obj?.decl === n && n.start < send.start ? n.obj : undefined;
    if (object?.kind !== 'var' || !isContext(analysis.objectType(unit, object))) return;
    const inBody = spawn.body !== undefined && object.func === spawn.body.func && object.role === 'param';
    const around =
      ancestor(analysis.parents(unit), send, (f) => f === object.func) !== undefined && object.role !== 'local';
    const before = object.role === 'local' && object.func === spawn.func && isInSameBlock(context, object, spawn.stmt);
    if (inBody || around || before) candidates.push(object);
  });
  return candidates.findLast((o) => isUnshadowed(unit, send, o.name, (other) => other !== o));
}

function isInSameBlock(context: RuleContext, object: LocalObject, stmt: Node): boolean {
  const parents = context.analysis.parents(context.unit);
  const block = ancestor(
    parents,
    object.decl,
    (n) => n.kind === 'BlockStmt' || n.kind === 'CommClause' || n.kind === 'CaseClause',
  );
  return block !== undefined && object.decl.end < stmt.start && contains(block, stmt);
}
