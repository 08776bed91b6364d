/** Ways through a function on which it does not receive what a goroutine that it started sends. */
import { nodesOfKind } from '../../golang/node-index.ts';
import { cfgNode } from '../../golang/resources.ts';
import { leavesLoop } from '../../golang/cfg-reach.ts';
import type { Edge } from '../../golang/cfg.ts';
import { hearsFromCall } from '../../golang/call-signals.ts';
import { factsAt } from '../../golang/conditions.ts';
import { isFailedAssertion, isTestFailure } from '../../golang/expected-failure.ts';
import { mayWaitFor } from '../../golang/goroutine-signals.ts';
import { isProcessScope, type Spawn, spawns } from '../../golang/goroutines.ts';
import { channelUses, type LocalChannel, localChannel, type LocatedUse } from '../../golang/local-channels.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { findUnreleasedPath, type UnreleasedPath } from '../../golang/paths.ts';
import { asCall, baseIdent, contains, unparen, walk } from '../../golang/walk.ts';
import type { Node, SendStmt } from '../../syntax/ast.ts';
import { endsWithProcess, leavesFailedTest } from '../milder-leaks.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { isExplored } from '../model-report.ts';
import { pathSteps } from '../witness.ts';
import type { Sender } from '../leaked-channel.ts';
import { pathFixes } from './abandoned-send.path-fixes.ts';

/**
 * Reports sends that a way through the function which started the goroutine leaves without a receiver, where exploring the
 * function did not come to them: it is too large, or depends on too much that is not known.
 */
export function reportAbandonedPaths(context: RuleContext): void {
  const { analysis, unit } = context;
  if (isProcessScope(unit)) return;
  const started = spawns(analysis, unit);
  if (started.length === 0) return;
  for (const n of nodesOfKind(unit.decl, 'Ident')) {
    const channel = n.obj?.decl === n ? localChannel(n.obj) : undefined;
    if (channel) checkChannel(context, channel, started);
  }
}

/** A goroutine that a `go` statement of the function starts, and its sends. */
interface SpawnedSender extends Sender {
  launch: Spawn;
}

function checkChannel(context: RuleContext, channel: LocalChannel, started: readonly Spawn[]): void {
  const { analysis, unit } = context;
  const { object } = channel;
  const owner = object.func;
  const uses = channelUses(analysis, unit, object, started);
  const receives: Node[] = [];
  const senders: SpawnedSender[] = [];
  for (const { use, func } of uses) {
    if (use.kind === 'escape') return;
    if (use.kind === 'length') continue;
    const sender = started.find((s) => s.func === owner && s.body?.func === func);
    if (use.kind === 'receive') {
      if (func !== owner) return;
      receives.push(use.node);
    } else if (!sender) return;
    else if (use.kind === 'send' && !use.select) addSend(senders, sender, use.stmt);
  }
  if (receives.length === 0 && uses.some((u) => u.use.kind === 'close')) return;
  for (const sender of senders) {
    if (!exceeds(context, sender, channel, uses) || answersRequests(context, sender)) continue;
    const path = abandoningPath(context, channel, sender, receives);
    if (path && !isForNothing(sender, path)) return report(context, channel, senders, sender, path);
  }
}

function addSend(senders: SpawnedSender[], spawn: Spawn, stmt: SendStmt): void {
  const known = senders.find((s) => s.launch === spawn);
  if (known) known.sends.push(stmt);
  else senders.push({ launch: spawn, sends: [stmt] });
}

/** True when the sends of one goroutine certainly need more room than the channel has. */
function exceeds(
  context: RuleContext,
  sender: SpawnedSender,
  channel: LocalChannel,
  uses: readonly LocatedUse[],
): boolean {
  if (channel.capacity === 0) return true;
  const { body } = sender.launch;
  const stmts = body?.func.body?.stmts ?? [];
  const certain = stmts.filter((s) => uses.some((u) => u.use.kind === 'send' && !u.use.select && u.use.stmt === s));
  return body?.unit === context.unit && certain.length > channel.capacity;
}

/** True when the goroutine receives before it sends: whether it comes to the send hangs on what others have sent to it. */
function answersRequests({ analysis }: RuleContext, { launch: { body }, sends }: SpawnedSender): boolean {
  const [send] = sends;
  if (!send || !body?.func.body) return false;
  let found = false;
  walk(body.func.body, (n) => {
    if (n.kind === 'FuncLit' || n.start >= send.start) return false;
    if (n.kind === 'UnaryExpr' && n.op === '<-') found = true;
    if (n.kind === 'RangeStmt' && contains(n.body, send) && analysis.typeOf(body.unit, n.x).kind === 'chan')
      found = true;
    return !found;
  });
  return found;
}

/** True for a way that is taken when there is nothing to send: the sends are in a loop over something that is empty. */
function isForNothing({ launch: { body }, sends: [send] }: SpawnedSender, path: UnreleasedPath): boolean {
  if (!send || !body?.func.body) return false;
  const objects = new Set<unknown>();
  walk(body.func.body, (n) => {
    if (n.kind === 'RangeStmt' && contains(n.body, send)) objects.add(baseIdent(n.x)?.obj);
  });
  return path.decisions.some(({ kind, cond }) => {
    const test = kind === 'true' && cond ? unparen(cond) : undefined;
    if (test?.kind !== 'BinaryExpr' || test.op !== '==') return false;
    const call = asCall(test.x);
    const zero = unparen(test.y);
    const isLength = call?.fun.kind === 'Ident' && call.fun.name === 'len' && !call.fun.obj;
    if (!isLength || zero.kind !== 'BasicLit' || zero.value !== '0') return false;
    const object = call.args[0] && baseIdent(call.args[0])?.obj;
    return object !== undefined && objects.has(object);
  });
}

/** A way from the `go` statement to the end of the function on which it neither receives nor learns that the goroutine has ended. */
function abandoningPath(
  context: RuleContext,
  channel: LocalChannel,
  sender: SpawnedSender,
  receives: readonly Node[],
): UnreleasedPath | undefined {
  const { analysis, unit } = context;
  const { launch: spawn } = sender;
  const cfg = analysis.cfg(unit, spawn.func);
  const parents = analysis.parents(unit);
  const block = cfg.where.get(spawn.stmt)?.block;
  if (!block || !cfg.reachable.has(block)) return undefined;
  const made = cfgNode(cfg.where, parents, channel.make);
  const received = new Set(receives.map((r) => cfgNode(cfg.where, parents, r)));
  // A receive deferred before the goroutine is started drains it at the end.
  for (const n of received) if (n?.kind === 'DeferStmt' && n.start < spawn.stmt.start) return undefined;
  const loops = receives.flatMap((r) => loopsAround(parents, r));
  const written = analysis.writtenPaths(unit, spawn.func);
  return findUnreleasedPath({
    unit,
    cfg,
    start: spawn.stmt,
    throughStart: true,
    effect: (n) => {
      if (received.has(n) || mayWaitFor(analysis, spawn, n)) return 'settled';
      if (sender.sends.every((s) => hearsFromCall(analysis, spawn, s, n))) return 'settled';
      // A test that has failed may leave things behind.
      if (n.kind === 'ExprStmt' && isTestFailure(analysis, unit, n.x)) return 'settled';
      return n === made ? 'overwritten' : 'none';
    },
    settledBy: (e) =>
      loops.some((l) => leavesLoop(l, e)) ||
      receives.some((r) => isCounted(parents, r, e)) ||
      isFailedAssertion(analysis, unit, e),
    facts: factsAt(unit, parents, spawn.stmt, written),
    written,
  });
}

/** Loops of the same function around a receive: they turn as often as there is something to receive. */
function loopsAround(parents: ReadonlyMap<Node, Node>, node: Node): Node[] {
  const loops: Node[] = [];
  for (let n = parents.get(node); n && n.kind !== 'FuncLit'; n = parents.get(n))
    if (n.kind === 'RangeStmt' || n.kind === 'ForStmt') loops.push(n);
  return loops;
}

/**
 * True for the edge on which a variable has come to a number, when the arm of a `select` that receives counts it up: how often
 * the receive was taken is in that number.
 */
function isCounted(parents: ReadonlyMap<Node, Node>, receive: Node, edge: Edge): boolean {
  const test = edge.kind === 'true' && edge.cond ? unparen(edge.cond) : undefined;
  if (test?.kind !== 'BinaryExpr' || (test.op !== '==' && test.op !== '>=')) return false;
  const counter = unparen(test.x);
  if (counter.kind !== 'Ident' || !counter.obj) return false;
  const arm = ancestor(parents, receive, (n) => n.kind === 'CommClause' || isFunc(n));
  return (
    arm?.kind === 'CommClause' &&
    arm.body.some((s) => s.kind === 'IncDecStmt' && s.op === '++' && s.x.kind === 'Ident' && s.x.obj === counter.obj)
  );
}

function report(
  context: RuleContext,
  channel: LocalChannel,
  senders: readonly SpawnedSender[],
  sender: SpawnedSender,
  path: UnreleasedPath,
): void {
  const { launch: spawn, sends } = sender;
  const [send] = sends;
  if (!send || isExplored(context, spawn.body?.unit, sends)) return;
  const here = spawn.body?.unit.file === context.unit.file;
  const { name } = channel.object;
  const end = path.node ?? { start: spawn.func.end - 1, end: spawn.func.end };
  const goKeyword = { start: spawn.stmt.start, end: spawn.stmt.start + 'go'.length };
  const steps: StepSpec[] = [
    { node: goKeyword, message: 'step-go' },
    ...pathSteps(context.unit, spawn.func, thisTurn(path, spawn)).slice(0, -1),
    { node: end, message: path.end === 'overwritten' ? 'step-next-turn' : 'step-left', args: { name } },
    { unit: spawn.body?.unit, node: send, message: 'step-never', args: { name } },
  ];
  context.report({
    ...(here ? { unit: spawn.body?.unit, node: send } : { node: goKeyword }),
    message: messageFor(channel, here),
    level: isMild(context, spawn, path) ? 'hint' : undefined,
    args: { name, capacity: channel.capacity, line: context.line({ node: end }) },
    steps,
    fixes: pathFixes(context, channel, senders, sender),
  });
}

/** True where nobody would repair it: the process ends soon, or a test leaves because it has failed. */
function isMild({ analysis, unit }: RuleContext, spawn: Spawn, path: UnreleasedPath): boolean {
  if (unit.file.isTest && leavesFailedTest(analysis, unit, path.node)) return true;
  return endsWithProcess(analysis, spawn);
}

/** The path without what the next turn of the loop does on its way to a new channel. */
function thisTurn(path: UnreleasedPath, spawn: Spawn): UnreleasedPath {
  if (path.end !== 'overwritten') return path;
  const next = path.decisions.findIndex((e) => e.cond && e.cond.start < spawn.stmt.start);
  return next < 0 ? path : { ...path, decisions: path.decisions.slice(0, next) };
}

function messageFor(channel: LocalChannel, here: boolean): string {
  if (channel.capacity === 0) return here ? 'unbuffered' : 'unbuffered-at-go';
  return here ? 'full' : 'full-at-go';
}
