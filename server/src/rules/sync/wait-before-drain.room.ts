/**
 * A `Wait` for goroutines that send on a channel whose room is a number in the code, while nothing tells how many they send, and that
 * nobody receives from before the `Wait`: it lasts for ever as soon as there are more values than room.
 */
import { type ChannelFacts, channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { type Channel, channelOf } from '../../concurrency/spawns/channels.ts';
import { accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { arrayLength } from '../../golang/constants.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { isExplored } from '../model-report.ts';
import { wrapClosing } from './wait-before-drain.fixes.ts';
import { countlessSend, type CountlessSend } from './wait-before-drain.sends.ts';

interface Place {
  unit: DeclUnit;
  node: Node;
}

/** Reports waits that come before the only receives from a channel that has room for some of what is sent. */
export function reportShortRoom(context: RuleContext): void {
  const { analysis, unit } = context;
  // Who writes a test knows how much there is.
  if (unit.file.isTest) return;
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const { name, recv } = analysis.callee(unit, call);
    const found = name === 'sync.WaitGroup.Wait' && recv ? shortRoom(analysis, unit, call, recv) : undefined;
    if (!found || !recv || isExplored(context, unit, [call])) continue;
    const { send, receive, room, channel } = found;
    context.report({
      node: call,
      message: 'room',
      args: { name: unit.text(recv), channel, room, line: context.line({ unit: send.unit, node: send.node }) },
      steps: [
        { unit: send.launch.unit, node: send.launch.stmt, message: 'step-start' },
        { unit: send.unit, node: send.node, message: 'step-also-blocked' },
        { unit: receive.unit, node: receive.node, message: 'step-received-after' },
      ],
      fixes: wrapClosing(unit, call),
    });
  }
}

interface ShortRoom {
  send: CountlessSend;
  /** The first receive after the wait. */
  receive: Place;
  room: number;
  /** The channel as written at the send. */
  channel: string;
}

function shortRoom(analysis: Analysis, unit: DeclUnit, wait: CallExpr, group: Expr): ShortRoom | undefined {
  for (const at of waitsAt(analysis, unit, wait)) {
    for (const { expr, node } of receivesAfter(analysis, at)) {
      const channel = channelOf(analysis, at.unit, expr);
      const facts = channel && channelFacts(analysis, channel);
      const room = facts && roomOf(analysis, facts);
      if (!channel || !facts || !room || !facts.receives.every((r) => comesAfter(analysis, at, r))) continue;
      if (!isOfOneValue(analysis, at, unit, group, expr, channel)) continue;
      const send = facts.sends.map((s) => countlessSend(analysis, unit, group, s, facts)).find((s) => s !== undefined);
      if (send) return { send, receive: { unit: at.unit, node }, room, channel: send.channel };
    }
  }
  return undefined;
}

/** A call in a function, after which the wait is over. */
interface WaitPlace {
  unit: DeclUnit;
  call: CallExpr;
}

/** The wait itself, and the one call of the function that waits. */
function waitsAt(analysis: Analysis, unit: DeclUnit, wait: CallExpr): WaitPlace[] {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, wait);
  if (!func || parents.get(wait)?.kind !== 'ExprStmt') return [];
  const own = { unit, call: wait };
  if (func.kind !== 'FuncDecl') return [];
  const callers = mentionsOf(analysis, unit, func);
  const [only, ...others] = callers;
  const isPlain =
    only?.call !== undefined &&
    others.length === 0 &&
    analysis.parents(only.unit).get(only.call)?.kind === 'ExprStmt' &&
    enclosingFunc(analysis.parents(only.unit), only.call)?.kind === 'FuncDecl';
  // One that others start as a goroutine waits beside them.
  const isStarted = callers.some(({ unit: at, call }) => !call || analysis.parents(at).get(call)?.kind === 'GoStmt');
  if (isStarted) return [];
  return only?.call && isPlain ? [own, { unit: only.unit, call: only.call }] : [own];
}

/** What a function receives from after a call. */
function receivesAfter(analysis: Analysis, { unit, call }: WaitPlace): { expr: Expr; node: Node }[] {
  const found: { expr: Expr; node: Node }[] = [];
  for (const n of nodesOfKind(unit.decl, 'RangeStmt'))
    if (n.start > call.end && analysis.types.underlying(analysis.typeOf(unit, n.x)).kind === 'chan')
      found.push({ expr: n.x, node: n.x });
  for (const n of nodesOfKind(unit.decl, 'UnaryExpr'))
    if (n.op === '<-' && n.start > call.end) found.push({ expr: n.x, node: n });
  return found;
}

/** True for a receive by the same goroutine that only comes when the wait is over. */
function comesAfter(analysis: Analysis, { unit, call }: WaitPlace, receive: Place): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  if (receive.unit !== unit || !func || enclosingFunc(parents, receive.node) !== func) return false;
  const cfg = analysis.cfg(unit, func);
  const [wait, node] = [call, receive.node].map((n) => cfgNode(cfg.where, parents, n));
  return (
    wait !== undefined && node !== undefined && nodesAfter(cfg, wait).has(node) && !nodesAfter(cfg, node).has(wait)
  );
}

/** The room of a channel that is made in one place with a number; undefined for one without a buffer, and where it depends on anything. */
function roomOf(analysis: Analysis, { complete, makes }: ChannelFacts): number | undefined {
  const [only, ...others] = makes;
  const size = only?.call.args[1];
  if (!complete || others.length > 0 || !only || !size) return undefined;
  return arrayLength(analysis.types, only.unit, unparen(size)) || undefined;
}

/** True where the group and the channel are variables of one function, or fields of one value. */
function isOfOneValue(
  analysis: Analysis,
  at: WaitPlace,
  unit: DeclUnit,
  group: Expr,
  received: Expr,
  channel: Channel,
): boolean {
  const x = unparen(group);
  if (channel.kind === 'local') return at.unit === unit && x.kind === 'Ident' && x.obj !== undefined;
  if (channel.kind !== 'field' || x.kind !== 'SelectorExpr') return false;
  const from = unparen(received);
  const holder = from.kind === 'SelectorExpr' ? accessPath(from.x) : undefined;
  const own = accessPath(x.x);
  if (!holder || !own) return false;
  if (at.unit === unit) return pathKey(holder) === pathKey(own);
  // The method waits for a group of its receiver.
  const { recv } = analysis.callee(at.unit, at.call);
  const callee = recv && accessPath(recv);
  return callee !== undefined && pathKey(callee) === pathKey(holder) && own.fields.length === 0 && isReceiver(x.x);
}

function isReceiver(x: Expr): boolean {
  return baseIdent(x)?.obj?.role === 'recv';
}
