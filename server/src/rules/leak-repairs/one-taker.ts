/**
 * Values that carry a channel for their answer: whoever takes one from where it was put is the only one who does, so that one answer is sent
 * for each.
 */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { type Channel, channelOf } from '../../concurrency/spawns/channels.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, find, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, FuncDecl, Ident, LocalObject, Node, SendStmt } from '../../syntax/ast.ts';

/** A field in which values wait: a channel, or a map from which they are deleted. */
interface Store {
  kind: 'channel' | 'map';
  /** The field as one key for all values of its type. */
  key: string;
  name: string;
  channel?: Channel;
}

const MAX_STEPS = 4;

/**
 * True when a channel is made along with a value that is put into one place once, and each send on such channels is done by who has taken
 * the value out of there, once.
 * @param make where the channel is made
 */
export function isSentByTaker(
  analysis: Analysis,
  at: { unit: DeclUnit; send: SendStmt },
  made: { unit: DeclUnit; make: CallExpr },
): boolean {
  const channel = channelOf(analysis, at.unit, at.send.chan);
  const chan = unparen(at.send.chan);
  const base = chan.kind === 'SelectorExpr' ? unparen(chan.x) : undefined;
  if (channel?.kind !== 'field' || base?.kind !== 'Ident' || !base.obj) return false;
  const { complete, makes } = channelFacts(analysis, channel);
  if (!complete || makes.length !== 1 || makes[0]?.call !== made.make) return false;
  const store = storeOf(analysis, at.unit, base.obj, at.send, 0);
  return store !== undefined && isPutOnce(analysis, store, made);
}

/** Where a value comes from that a node uses; undefined where the node may use one more than once. */
function storeOf(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  node: Node,
  depth: number,
): Store | undefined {
  if (depth > MAX_STEPS || object.writes.length > 0 || object.addressTaken || isRepeated(analysis, unit, object, node))
    return undefined;
  if (object.role === 'param' || object.role === 'recv') return storeOfArgument(analysis, unit, object, depth);
  const { declNode } = object;
  if (declNode.kind === 'RangeStmt') return storeOfRange(analysis, unit, declNode, object);
  const value =
    declNode.kind === 'AssignStmt' ? (givenValue(declNode, object.decl) ?? firstOfTwo(declNode, object)) : undefined;
  const x = value && unparen(value);
  if (x?.kind === 'UnaryExpr' && x.op === '<-') return channelStore(analysis, unit, x.x);
  if (x?.kind === 'IndexExpr') return deletedFrom(analysis, unit, x, object);
  const own = x?.kind === 'CallExpr' ? analysis.callee(unit, x).own : undefined;
  return own && !own.unit.hasError ? storeOfResult(analysis, own.unit, own.decl, depth) : undefined;
}

/** `v` of `v, ok := x`. */
function firstOfTwo({ lhs, rhs }: Node & { kind: 'AssignStmt' }, object: LocalObject): Expr | undefined {
  return lhs.length === 2 && rhs.length === 1 && lhs[0] === object.decl ? rhs[0] : undefined;
}

/** True when a node may be run more than once for one value of a variable. */
function isRepeated(analysis: Analysis, unit: DeclUnit, { decl, func }: LocalObject, node: Node): boolean {
  const parents = analysis.parents(unit);
  for (let n = parents.get(node); n && n !== func; n = parents.get(n)) {
    if ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && !contains(n, decl)) return true;
    const call = n.kind === 'FuncLit' ? parents.get(n) : undefined;
    if (n.kind === 'FuncLit' && !(call?.kind === 'CallExpr' && call.fun === n)) return true;
  }
  return false;
}

/** The one place that all callers of a function take what they give it from. */
function storeOfArgument(analysis: Analysis, unit: DeclUnit, object: LocalObject, depth: number): Store | undefined {
  const calls = argumentsFor(analysis, unit, object);
  if (!calls || calls.length === 0) return undefined;
  let found: Store | undefined;
  for (const { unit: at, call, arg } of calls) {
    const store = arg.obj && storeOf(analysis, at, arg.obj, call, depth + 1);
    if (!store || (found && found.key !== store.key)) return undefined;
    found = store;
  }
  const isAgain = calls.some((a) =>
    calls.some((b) => a !== b && a.arg.obj === b.arg.obj && comesAfter(analysis, a, b)),
  );
  return isAgain ? undefined : found;
}

interface Argument {
  unit: DeclUnit;
  call: CallExpr;
  arg: Ident;
}

/** What calls of a function give for a parameter or receiver, where all are variables. */
function argumentsFor(analysis: Analysis, unit: DeclUnit, object: LocalObject): Argument[] | undefined {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || object.func !== decl) return undefined;
  const index = flattenFields(decl.type.params).findIndex((p) => p.name?.obj === object);
  const found: Argument[] = [];
  for (const { unit: at, call } of mentionsOf(analysis, unit, decl)) {
    if (at.file.isTest) continue;
    const given = object.role === 'recv' && call?.fun.kind === 'SelectorExpr' ? call.fun.x : call?.args[index];
    const arg = given && unparen(given);
    if (!call || arg?.kind !== 'Ident') return undefined;
    found.push({ unit: at, call, arg });
  }
  return found;
}

function comesAfter(analysis: Analysis, a: Argument, b: Argument): boolean {
  const parents = analysis.parents(a.unit);
  const func = a.unit === b.unit && a.call.start < b.call.start ? enclosingFunc(parents, a.call) : undefined;
  if (!func) return false;
  const cfg = analysis.cfg(a.unit, func);
  const [first, second] = [cfgNode(cfg.where, parents, a.call), cfgNode(cfg.where, parents, b.call)];
  return !first || !second || nodesAfter(cfg, first).has(second);
}

function channelStore(analysis: Analysis, unit: DeclUnit, x: Expr): Store | undefined {
  const channel = channelOf(analysis, unit, x);
  if (channel?.kind !== 'field') return undefined;
  const key = `${channel.owner.pkg}.${channel.owner.name}.${channel.name}`;
  return { kind: 'channel', key, name: channel.name, channel };
}

/** A map in a field. */
function mapStore(analysis: Analysis, unit: DeclUnit, x: Expr): Store | undefined {
  const field = unparen(x);
  const s = field.kind === 'SelectorExpr' ? analysis.types.members.selector(unit, field) : undefined;
  if (s?.kind !== 'field' || !s.owner || analysis.types.underlying(s.type).kind !== 'map') return undefined;
  return { kind: 'map', key: `${s.owner.pkg}.${s.owner.name}.${s.name}`, name: s.name };
}

/** `c := m[id]` along with `delete(m, id)`, which may ask first whether there is one. */
function deletedFrom(
  analysis: Analysis,
  unit: DeclUnit,
  index: Expr & { kind: 'IndexExpr' },
  object: LocalObject,
): Store | undefined {
  const [key] = index.indices;
  const block = analysis.parents(unit).get(object.declNode);
  const isDelete = ({ fun, args }: CallExpr): boolean =>
    fun.kind === 'Ident' &&
    fun.name === 'delete' &&
    !fun.obj &&
    args.length === 2 &&
    unit.text(args[0] as Expr) === unit.text(index.x) &&
    key !== undefined &&
    unit.text(args[1] as Expr) === unit.text(key);
  const named = new Set(
    object.declNode.kind === 'AssignStmt' ? object.declNode.lhs.map((x) => x.kind === 'Ident' && x.obj) : [],
  );
  const isAlways = (call: Node): boolean => {
    const parents = analysis.parents(unit);
    for (let n = parents.get(call); n && n !== block; n = parents.get(n)) {
      if (n.kind === 'ExprStmt' || n.kind === 'BlockStmt') continue;
      if (n.kind !== 'IfStmt' || !find(n.cond, (m) => m.kind === 'Ident' && m.obj !== undefined && named.has(m.obj)))
        return false;
      if (n.else && contains(n.else, call)) return false;
    }
    return true;
  };
  const found = nodesOfKind(unit.decl, 'CallExpr').find(
    (c) => c.start > object.decl.end && block && contains(block, c) && isDelete(c) && isAlways(c),
  );
  return found && mapStore(analysis, unit, index.x);
}

/** The one place that a function takes all from that it returns. */
function storeOfResult(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, depth: number): Store | undefined {
  const parents = analysis.parents(unit);
  let found: Store | undefined;
  for (const ret of nodesOfKind(unit.decl, 'ReturnStmt')) {
    const [value] = ret.results;
    if (enclosingFunc(parents, ret) !== decl) continue;
    const x = value && unparen(value);
    if (!x) return undefined;
    if (isNil(x)) continue;
    const store = x.kind === 'Ident' && x.obj ? storeOf(analysis, unit, x.obj, ret, depth + 1) : undefined;
    if (!store || (found && found.key !== store.key)) return undefined;
    found = store;
  }
  return found;
}

/** `for c := range s.calls` over a channel, and a loop over a map that its field has given up. */
function storeOfRange(
  analysis: Analysis,
  unit: DeclUnit,
  loop: Node & { kind: 'RangeStmt' },
  object: LocalObject,
): Store | undefined {
  const x = unparen(loop.x);
  if (loop.key === object.decl) return channelStore(analysis, unit, x);
  const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : undefined;
  const field = value && unparen(value);
  if (field?.kind !== 'SelectorExpr' || x.kind !== 'Ident') return undefined;
  const isGivenUp = nodesOfKind(unit.decl, 'AssignStmt').some(
    ({ op, start, end, lhs, rhs: [next] }) =>
      op === '=' &&
      lhs.length === 1 &&
      start > field.end &&
      end <= loop.start &&
      unit.text(lhs[0] as Expr) === unit.text(field) &&
      next !== undefined &&
      isEmpty(next),
  );
  return isGivenUp ? mapStore(analysis, unit, field) : undefined;
}

function isEmpty(value: Expr): boolean {
  const x = unparen(value);
  const call = asCall(x);
  return (
    isNil(x) ||
    (call?.fun.kind === 'Ident' && call.fun.name === 'make') ||
    (x.kind === 'CompositeLit' && x.elts.length === 0)
  );
}

/** True when only one place of the package puts values there, and one that is made comes to it once. */
function isPutOnce(analysis: Analysis, store: Store, made: { unit: DeclUnit; make: CallExpr }): boolean {
  const puts = putsOf(analysis, store, made.unit);
  const [only] = puts ?? [];
  return puts?.length === 1 && only !== undefined && comesOnce(analysis, only, made, 0);
}

/** A value and the node that puts it somewhere. */
interface Put {
  unit: DeclUnit;
  node: Node;
  value: Expr;
}

function putsOf(analysis: Analysis, store: Store, { pkg }: DeclUnit): Put[] | undefined {
  if (store.channel) {
    const { complete, sends } = channelFacts(analysis, store.channel);
    const found = sends.flatMap(({ unit, node }) =>
      node.kind === 'SendStmt' ? [{ unit, node, value: node.value }] : [],
    );
    return complete && found.length === sends.length ? found : undefined;
  }
  const found: Put[] = [];
  for (const member of declarationsNaming(pkg, store.name)) {
    const unit = pkg.unit(member);
    if (unit.hasError) return undefined;
    if (unit.file.isTest) continue;
    for (const node of nodesOfKind(unit.decl, 'AssignStmt'))
      node.lhs.forEach((target, i) => {
        const value = node.rhs[i];
        const isPut = target.kind === 'IndexExpr' && value && mapStore(analysis, unit, target.x)?.key === store.key;
        if (isPut) found.push({ unit, node, value });
      });
  }
  return found;
}

/** True when what is made in one place is put somewhere once: not in a loop around, and by one call of a function that puts what it is given. */
function comesOnce(
  analysis: Analysis,
  { unit, node, value }: Put,
  made: { unit: DeclUnit; make: CallExpr },
  depth: number,
): boolean {
  const x = unparen(value);
  if (unit === made.unit && contains(x, made.make)) return true;
  if (x.kind !== 'Ident' || !x.obj || depth > MAX_STEPS || isRepeated(analysis, unit, x.obj, node)) return false;
  if (x.obj.role === 'param' || x.obj.role === 'recv') {
    const calls = argumentsFor(analysis, unit, x.obj) ?? [];
    const [only] = calls;
    return (
      calls.length === 1 &&
      only !== undefined &&
      comesOnce(analysis, { unit: only.unit, node: only.call, value: only.arg }, made, depth + 1)
    );
  }
  const from = onlyValue(x.obj);
  if (!from) return false;
  const maker = from.kind === 'CallExpr' ? analysis.callee(unit, from).own : undefined;
  return maker?.unit === made.unit ? returnsMade(made) : unit === made.unit && contains(from, made.make);
}

/** True for a function that returns the value along with which the channel is made. */
function returnsMade({ unit, make }: { unit: DeclUnit; make: CallExpr }): boolean {
  const isIt = (result: Expr): boolean => {
    const x = unparen(result);
    const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : x;
    return value !== undefined && contains(value, make);
  };
  return nodesOfKind(unit.decl, 'ReturnStmt').some(({ results: [first] }) => first !== undefined && isIt(first));
}
