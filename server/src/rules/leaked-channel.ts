/** The channel of a leak in the syntax tree: where it is made, and what is done with it. */
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { spawns } from '../golang/goroutines.ts';
import { type Launch, launches } from '../golang/launches.ts';
import { channelUses, type LocalChannel, localChannel, type LocatedUse } from '../golang/local-channels.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { flattenFields, unparen } from '../golang/walk.ts';
import type { Expr, LocalObject, SendStmt } from '../syntax/ast.ts';

/** A goroutine that sends on the channel: what starts it, and its sends. */
export interface Sender {
  launch: Launch;
  sends: SendStmt[];
}

/** A channel made in a function, of which everything is known that happens to it. */
export interface LeakedChannel {
  /** Where the channel is made. */
  unit: DeclUnit;
  channel: LocalChannel;
  uses: readonly LocatedUse[];
  /** Undefined when somebody else sends, too. */
  senders?: Sender[];
}

/** What started the goroutine that is blocked; undefined for the function that was explored. */
export function startOf(analysis: Analysis, leak: Leak): Launch | undefined {
  for (const { unit, node } of leak.path)
    for (const launch of launches(analysis, unit))
      if (launch.stmt.start === node.start && node.end <= launch.stmt.end) return launch;
  return undefined;
}

/** The send that is blocked; undefined when it is an arm of a `select`, or another operation is. */
export function blockedSend({ site: { unit, node } }: Leak): SendStmt | undefined {
  return nodesOfKind(unit.decl, 'SendStmt').find((s) => s.start === node.start && s.end === node.end);
}

/** The variable that holds the channel of a leak, followed from a parameter of the goroutine to its argument. */
export function channelVariable(analysis: Analysis, leak: Leak): { unit: DeclUnit; object: LocalObject } | undefined {
  const expr = operand(leak);
  const x = expr && unparen(expr);
  const object = x?.kind === 'Ident' ? x.obj : undefined;
  if (!object) return undefined;
  const { unit } = leak.site;
  if (object.role !== 'param') return { unit, object };
  const start = startOf(analysis, leak);
  if (!start?.body || start.body.func !== object.func) return undefined;
  const index = flattenFields(object.func.type.params).findIndex((p) => p.name?.obj === object);
  const arg = start.call.args[index];
  const passed = arg && unparen(arg);
  return passed?.kind === 'Ident' && passed.obj ? { unit: start.unit, object: passed.obj } : undefined;
}

/** The channel expression of the operation that is blocked; undefined for a `select`. */
export function operand({ site: { unit, node } }: Leak): Expr | undefined {
  const here = (n: { start: number; end: number }): boolean => n.start === node.start && n.end === node.end;
  const { decl } = unit;
  return (
    nodesOfKind(decl, 'SendStmt').find(here)?.chan ??
    nodesOfKind(decl, 'UnaryExpr').find((u) => u.op === '<-' && here(u))?.x ??
    nodesOfKind(decl, 'RangeStmt').find((r) => r.start === node.start)?.x ??
    receiveIn(unit, here)
  );
}

/** `v, ok := <-ch` is one operation. */
function receiveIn(unit: DeclUnit, here: (n: { start: number; end: number }) => boolean): Expr | undefined {
  const stmt = nodesOfKind(unit.decl, 'AssignStmt').find(here) ?? nodesOfKind(unit.decl, 'ExprStmt').find(here);
  const x = stmt?.kind === 'AssignStmt' ? stmt.rhs[0] : stmt?.x;
  const receive = x && unparen(x);
  return receive?.kind === 'UnaryExpr' && receive.op === '<-' ? receive.x : undefined;
}

/** Undefined for a channel that is not made here with a constant capacity, or that goes where it cannot be followed. */
export function leakedChannel(analysis: Analysis, leak: Leak): LeakedChannel | undefined {
  const variable = channelVariable(analysis, leak);
  const channel = variable && localChannel(variable.object);
  if (!channel) return undefined;
  const { unit, object } = variable;
  const uses = channelUses(analysis, unit, object, spawns(analysis, unit));
  if (uses.some((u) => u.use.kind === 'escape')) return undefined;
  return { unit, channel, uses, senders: sendersOf(analysis, unit, object, uses) };
}

function sendersOf(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  uses: readonly LocatedUse[],
): Sender[] | undefined {
  const found: Sender[] = [];
  const started = launches(analysis, unit);
  for (const { func, use } of uses) {
    if (use.kind !== 'send') continue;
    const from = started.filter((l) => l.body?.func === func && (func.kind === 'FuncLit' || passes(l, object)));
    if (from.length === 0) return undefined;
    for (const launch of from) {
      const known = found.find((s) => s.launch === launch);
      if (!known) found.push({ launch, sends: [use.stmt] });
      else if (!known.sends.includes(use.stmt)) known.sends.push(use.stmt);
    }
  }
  return found;
}

function passes({ call }: Launch, object: LocalObject): boolean {
  return call.args.some((a) => a.kind === 'Ident' && a.obj === object);
}
