/** Goroutines that stay in the queue for a slot after the context they work under has ended. */
import type { Analysis } from '../../golang/analysis.ts';
import { contextParams, type ContextParam } from '../../golang/contexts.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingStmt, type ParentMap } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { getsOnlyRoots } from '../../golang/root-contexts.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, unparen, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncLit, Ident, Node } from '../../syntax/ast.ts';
import { isLookup } from './detached-handler-goroutine.contexts.ts';
import { isShared } from './detached-handler-goroutine.waits.ts';
import { returnsSoon } from './detached-handler-goroutine.returns.ts';

export interface SlotWait {
  /** The operation that takes the slot. */
  node: Node;
  chan: Expr;
  ctx: ContextParam;
  /** Where the goroutine works under the context. */
  use: CallExpr;
}

/**
 * The wait for a slot of a channel that others share, in a goroutine which gives the slot back and in between works under the
 * context of the function that started and left it, and never asks whether that is over.
 */
export function slotWait(analysis: Analysis, unit: DeclUnit, spawn: Spawn): SlotWait | undefined {
  const lit = spawn.body?.func.kind === 'FuncLit' && spawn.body.unit === unit ? spawn.body.func : undefined;
  const ctx = contextParams(analysis, unit, spawn.func).find((p) => p.from === 'context');
  if (!lit || !ctx || unit.hasError || ctx.object.writes.length > 0 || ctx.object.addressTaken) return undefined;
  const taken = slotTaken(analysis.parents(unit), unit, lit);
  const use = taken && workUnder(analysis, unit, lit, ctx, taken.node);
  if (!taken || !use || !returnsSoon(analysis, unit, spawn.func, spawn)) return undefined;
  if (getsOnlyRoots(analysis, unit, ctx)) return undefined;
  if (runsOncePerProcess(analysis, unit, spawn.stmt) || runsInCommand(analysis, unit, spawn.stmt)) return undefined;
  return { ...taken, ctx, use };
}

interface ChannelOp {
  node: Node;
  chan: Expr;
}

/**
 * The first of two operations on a channel one of which undoes the other, a send and a receive. In an arm of a `select`, under a
 * condition or in a loop it may be something else.
 */
function slotTaken(parents: ParentMap, unit: DeclUnit, lit: FuncLit): ChannelOp | undefined {
  const inside = (op: ChannelOp): boolean => contains(lit, op.node);
  const sends = nodesOfKind(unit.decl, 'SendStmt').map((n) => ({ node: n, chan: unparen(n.chan) }));
  const receives = nodesOfKind(unit.decl, 'UnaryExpr')
    .filter((n) => n.op === '<-')
    .map((n) => ({ node: n, chan: unparen(n.x) }));
  for (const send of sends.filter(inside)) {
    const receive = receives.filter(inside).find((r) => unit.text(r.chan) === unit.text(send.chan));
    if (!receive || !isShared(send.chan)) continue;
    const first = send.node.start < receive.node.start ? send : receive;
    const stmt = enclosingStmt(parents, first.node);
    if (stmt && parents.get(stmt) === lit.body && stmt.kind !== 'DeferStmt') return first;
  }
  return undefined;
}

/** The first call behind the wait that gets the context; undefined where the goroutine looks whether that is over. */
function workUnder(
  analysis: Analysis,
  unit: DeclUnit,
  lit: FuncLit,
  { object }: ContextParam,
  wait: Node,
): CallExpr | undefined {
  const isIt = (n: Node): n is Ident => n.kind === 'Ident' && n.obj === object;
  if (find(lit, (n) => n.kind === 'SelectorExpr' && /^(?:Done|Err|Deadline)$/.test(n.sel.name) && isIt(unparen(n.x))))
    return undefined;
  let use: CallExpr | undefined;
  let isDetached = false;
  walk(lit, (n) => {
    if (n.kind !== 'CallExpr' || isLookup(n) || !n.args.some((a) => isIt(unparen(a)))) return;
    // Work before the wait may look at it, and what is made of it may be meant for longer.
    if (n.start < wait.start || /^context\.(?:WithoutCancel|AfterFunc)$/.test(analysis.callee(unit, n).name))
      isDetached = true;
    use ??= n;
  });
  return isDetached ? undefined : use;
}
