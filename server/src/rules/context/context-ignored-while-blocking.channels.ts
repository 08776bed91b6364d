/** Sends that hold up a loop which a context is to end, because who receives may have left by then. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { isExported } from '../../golang/exported.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, baseIdent, contains, find, flattenFields, unparen } from '../../golang/walk.ts';
import type { Expr, FuncNode, LocalObject, Node, SendStmt } from '../../syntax/ast.ts';
import { isExplored } from '../model-report.ts';

/**
 * Tells a send that may wait without an end: it comes again with each turn of the loop, and the channel has no buffer that is
 * known. `certain`: one of its receivers is seen to leave with a context; `unseen`: there are receivers that are not seen.
 */
export function waitsForEver(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncNode,
  loop: Node,
  send: SendStmt,
): 'certain' | 'unseen' | undefined {
  // What is sent before the loop is left is sent once.
  if (!nodesAfter(analysis.cfg(unit, func), send).has(send)) return undefined;
  const root = baseIdent(send.chan)?.obj;
  // Whoever asks, and puts a channel into the question, waits for the answer.
  if (!root || unparen(send.chan).kind === 'IndexExpr') return undefined;
  if (contains(loop, root.decl) || root.writes.some((w) => contains(loop, w))) return undefined;
  if (receivesHere(unit, send.chan)) return undefined;
  const channel = channelOf(analysis, unit, send.chan);
  const facts = channel && channelFacts(analysis, channel);
  // Of a channel that only this function and its goroutines know, other rules speak.
  if (facts?.complete && channel?.kind === 'local') return undefined;
  if (facts?.makes.some(({ call }) => call.args.length > 1)) return undefined;
  if (!facts && isGivenRoom(analysis, unit, func, root)) return undefined;
  const leaves = facts?.receives.some((r) => leavesWithContext(analysis, r)) ?? false;
  if (facts && facts.receives.length > 0 && !leaves) return undefined;
  if (isExplored({ analysis, unit }, unit, [send])) return undefined;
  return leaves && facts?.complete ? 'certain' : 'unseen';
}

/**
 * Tells a receive that comes again with each turn of a loop, from a channel of a type on which only its clients bring about sends, and which
 * only they close: nothing that they do hangs together with the context.
 */
export function isFedByOthers(analysis: Analysis, unit: DeclUnit, func: FuncNode, stmt: Node, chan: Expr): boolean {
  if (!nodesAfter(analysis.cfg(unit, func), stmt).has(stmt)) return false;
  const channel = channelOf(analysis, unit, chan);
  if (channel?.kind !== 'field') return false;
  const { complete, makes, sends, closes } = channelFacts(analysis, channel);
  if (!complete || makes.length === 0 || sends.length === 0) return false;
  return (
    [...sends, ...closes].every((place) => isByClient(analysis, place, channel.owner.name)) &&
    !isExplored({ analysis, unit }, unit, [stmt])
  );
}

/** True for code of an exported method that the package does not call itself, and that knows no context. */
function isByClient(analysis: Analysis, { unit, node }: Place, type: string): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || unit.declaration.recv !== type || !isExported(decl.name.name)) return false;
  if (find(decl, (n) => n.kind === 'FuncLit' && contains(n, node))) return false;
  if (nodesOfKind(decl, 'Ident').some((n) => isContext(analysis.typeOf(unit, n)))) return false;
  return mentionsOf(analysis, unit, decl).every((m) => m.unit.file.isTest);
}

/** True for a parameter that gets a channel with a buffer from somebody in the package. */
function isGivenRoom(analysis: Analysis, unit: DeclUnit, func: FuncNode, { role, decl }: LocalObject): boolean {
  if (role !== 'param' || func.kind !== 'FuncDecl') return false;
  const index = flattenFields(func.type.params).findIndex((p) => p.name === decl);
  return mentionsOf(analysis, unit, func).some(({ unit: at, call }) => {
    const arg = index < 0 ? undefined : call?.args[index];
    const given = arg && channelOf(analysis, at, arg);
    return given && channelFacts(analysis, given).makes.some((made) => made.call.args.length > 1);
  });
}

/** True for a receive in a `select` that is left, and the function with it, when a context is done. */
function leavesWithContext(analysis: Analysis, { unit, node }: Place): boolean {
  const select = ancestor(analysis.parents(unit), node, (n) => n.kind === 'SelectStmt' || isFunc(n));
  if (select?.kind !== 'SelectStmt') return false;
  return select.clauses.some(({ comm, body }) => {
    const last = body.at(-1);
    const leaves = last?.kind === 'ReturnStmt' || (last?.kind === 'BranchStmt' && last.label !== undefined);
    const x = comm?.kind === 'ExprStmt' ? unparen(comm.x) : undefined;
    const done = x?.kind === 'UnaryExpr' ? asCall(x.x) : undefined;
    return leaves && done?.fun.kind === 'SelectorExpr' && isContext(analysis.typeOf(unit, done.fun.x));
  });
}

/** True when the declaration receives from the channel as well: a limit, or a queue that it works off itself. */
function receivesHere(unit: DeclUnit, chan: Expr): boolean {
  const text = unit.text(chan);
  return (
    find(
      unit.decl,
      (n) =>
        (n.kind === 'UnaryExpr' && n.op === '<-' && unit.text(n.x) === text) ||
        (n.kind === 'RangeStmt' && unit.text(n.x) === text),
    ) !== undefined
  );
}
