/** Items that know the group which counts them: whoever receives one has to count it down on every way. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { type AccessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, SendStmt } from '../../syntax/ast.ts';
import { turnsOf } from './waitgroup-missing-done.fixes.ts';
import { type Dropping, DroppingWays, itemOf } from './waitgroup-missing-done.ways.ts';

const GROUP = new Set(['WaitGroup']);

/** Calls between a receiver and the method that counts down. */
const MAX_CALLS = 2;

/** A way on which an item is dropped, and who counts and waits. */
export interface DroppedFromBatch extends Dropping {
  add: SyncCall;
  wait: SyncCall;
}

/** A send of an item that has been counted. */
interface CountedSend {
  add: SyncCall;
  wait: SyncCall;
  /** From the item to the group: `b.wg` of `task{b: b}`. */
  fields: readonly string[];
}

/**
 * Ways on which items are dropped that a declaration counts, sends and waits for, where each that is sent on the channel is counted by a
 * group which it leads to, and only its receivers count down.
 * @param calls what the declaration does to wait groups
 */
export function droppedFromBatches(analysis: Analysis, unit: DeclUnit, calls: readonly SyncCall[]): DroppedFromBatch[] {
  if (unit.file.isTest || !calls.some((c) => c.method === 'Add') || !calls.some((c) => c.method === 'Wait')) return [];
  return nodesOfKind(unit.decl, 'SendStmt').flatMap((send) => {
    const counted = countedSend(analysis, unit, send, calls);
    return (counted && droppedOf(analysis, unit, send, counted)) ?? [];
  });
}

function droppedOf(
  analysis: Analysis,
  unit: DeclUnit,
  send: SendStmt,
  { add, wait, fields }: CountedSend,
): DroppedFromBatch | undefined {
  const channel = channelOf(analysis, unit, send.chan);
  const { complete, sends, receives } = channel
    ? channelFacts(analysis, channel)
    : { complete: false, sends: [], receives: [] };
  if (!complete || receives.length === 0) return undefined;
  const isCounted = ({ unit: at, node }: Place): boolean =>
    node.kind === 'SendStmt' &&
    countedSend(analysis, at, node, syncCalls(analysis, at, at.decl, GROUP))?.fields.join('.') === fields.join('.');
  if (!sends.every(isCounted)) return undefined;
  const ways = new DroppingWays(analysis);
  const around = new Set(sends.flatMap(({ unit: at, node }) => enclosingFunc(analysis.parents(at), node) ?? []));
  let found: Dropping | undefined;
  for (const receive of receives) {
    const item = itemOf(analysis, receive);
    const func = enclosingFunc(analysis.parents(receive.unit), receive.node);
    if (!item?.object || !func) return undefined;
    around.add(func);
    found ??= ways.through(receive.unit, func, { root: item.object, fields }, item, 0);
  }
  for (const func of ways.visited) around.add(func);
  return found && isSettledBy(analysis, unit, add, around) ? { ...found, add, wait } : undefined;
}

/** How the function around a send has counted it; undefined where it has not, or does not wait for it itself. */
function countedSend(
  analysis: Analysis,
  unit: DeclUnit,
  send: SendStmt,
  calls: readonly SyncCall[],
): CountedSend | undefined {
  const func = enclosingFunc(analysis.parents(unit), send);
  const ofFunc = calls.filter((c) => c.func === func);
  for (const add of ofFunc) {
    const key = pathKey(add.path);
    const wait = ofFunc.find((c) => c.method === 'Wait' && c.call.start > send.end && pathKey(c.path) === key);
    const fields =
      wait && add.method === 'Add' && add.call.end < send.start && leadTo(analysis, unit, send.value, add.path);
    if (wait && fields && countsEach(analysis, unit, add.call, send)) return { add, wait, fields };
  }
  return undefined;
}

/** The fields by which what is sent leads to a group of the function: none for the value itself. */
function leadTo(analysis: Analysis, unit: DeclUnit, value: Expr, { root, fields }: AccessPath): string[] | undefined {
  if (typeof root === 'string' || root.role !== 'local') return undefined;
  const x = withoutAddress(value);
  if (x.kind === 'Ident' && x.obj === root) return fields.length > 0 ? [...fields] : undefined;
  const made = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : x;
  const lit = made && withoutAddress(made);
  if (lit?.kind !== 'CompositeLit') return undefined;
  const at = lit.elts.findIndex((e) => isVariable(e.kind === 'KeyValueExpr' ? e.value : e, root));
  const elt = lit.elts[at];
  if (!elt) return undefined;
  if (elt.kind === 'KeyValueExpr') return elt.key.kind === 'Ident' ? [elt.key.name, ...fields] : undefined;
  const type = analysis.types.underlying(deref(analysis.typeOf(unit, lit)));
  const name = type.kind === 'struct' ? flattenFields(type.node.fields)[at]?.name?.name : undefined;
  return name === undefined ? undefined : [name, ...fields];
}

function isVariable(x: Expr, object: LocalObject): boolean {
  const of = withoutAddress(x);
  return of.kind === 'Ident' && of.obj === object;
}

function withoutAddress(expr: Expr): Expr {
  const x = unparen(expr);
  return x.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
}

/** True where as many are counted as are sent: one before the send, or the number of turns of the loop that does nothing but send. */
function countsEach(analysis: Analysis, unit: DeclUnit, { args: [delta] }: CallExpr, send: SendStmt): boolean {
  const parents = analysis.parents(unit);
  if (!delta) return false;
  const add = parents.get(delta) as CallExpr;
  const stmt = parents.get(add);
  const block = stmt && parents.get(stmt);
  if (delta.kind === 'BasicLit')
    return delta.value === '1' && stmt?.kind === 'ExprStmt' && block !== undefined && contains(block, send);
  const loop = ancestor(parents, send, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  if ((loop?.kind !== 'ForStmt' && loop?.kind !== 'RangeStmt') || contains(loop, add)) return false;
  const leaves = find(loop.body, (n) => n.kind === 'BranchStmt' || n.kind === 'ReturnStmt' || n.kind === 'IfStmt');
  if (parents.get(send) !== loop.body || leaves) return false;
  const counted = unit.text(delta);
  return turnsOf(loop).some((turns) => counted === unit.text(turns) || counted === `len(${unit.text(turns)})`);
}

/** True where only the given functions, and methods that they call, count the group down, and nothing else happens to it. */
function isSettledBy(analysis: Analysis, unit: DeclUnit, { call }: SyncCall, around: Set<FuncNode>): boolean {
  const group = call.fun.kind === 'SelectorExpr' ? call.fun.x : undefined;
  const mentions = group?.kind === 'SelectorExpr' ? ownMentions(analysis, unit, group) : undefined;
  return (
    mentions?.every(({ unit: at, node, initial }) => {
      if (initial !== undefined) return initial === 'zero';
      const selector = analysis.parents(at).get(node);
      const use = selector && analysis.parents(at).get(selector);
      if (selector?.kind !== 'SelectorExpr' || use?.kind !== 'CallExpr' || use.fun !== selector || at.file.isTest)
        return false;
      return selector.sel.name !== 'Done' || isWithin(analysis, { unit: at, node: use }, around, 0);
    }) ?? false
  );
}

/** True for a place in one of some functions, or in a function that only they call. */
function isWithin(analysis: Analysis, { unit, node }: Place, around: ReadonlySet<FuncNode>, depth: number): boolean {
  if (ancestor(analysis.parents(unit), node, (n) => isFunc(n) && around.has(n))) return true;
  if (depth >= MAX_CALLS || unit.decl.kind !== 'FuncDecl') return false;
  const callers = mentionsOf(analysis, unit, unit.decl);
  return (
    callers.length > 0 &&
    callers.every((m) => m.call !== undefined && isWithin(analysis, { unit: m.unit, node: m.call }, around, depth + 1))
  );
}
