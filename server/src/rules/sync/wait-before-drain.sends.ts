/** Sends by goroutines that a group counts, of which nothing tells how many there are. */
import type { ChannelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { arrayLength } from '../../golang/constants.ts';
import { launchesOf } from '../../golang/goroutine-starts.ts';
import type { Launch } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { enclosingFunc, isFunc, type ParentMap } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import { runningFunc } from '../../golang/running-func.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';

interface Place {
  unit: DeclUnit;
  node: Node;
}

export interface CountlessSend extends Place {
  launch: Launch;
  /** The channel as written there. */
  channel: string;
}

/**
 * A send as one of a goroutine that the group counts, which comes to it any number of times, or which is started any number of times.
 * @param unit where the group is waited for
 */
export function countlessSend(
  analysis: Analysis,
  unit: DeclUnit,
  group: Expr,
  { unit: at, node: send }: Place,
  facts: ChannelFacts,
): CountlessSend | undefined {
  const parents = analysis.parents(at);
  const stmt = send.kind === 'SendStmt' ? send : undefined;
  // An arm of a `select` may be passed over.
  if (!stmt || parents.get(stmt)?.kind === 'CommClause' || asksForRoom(analysis, at, stmt.chan)) return undefined;
  const node = outOfCallbacks(analysis, at, parents, stmt);
  const [launch, ...others] = launchesOf(analysis, at, node);
  const body = launch?.body;
  if (!launch || others.length > 0 || !body || body.unit.hasError) return undefined;
  const inBody = placeIn(analysis, body, at, node);
  if (!inBody || !isCounted(analysis, unit, group, launch, at, stmt.chan)) return undefined;
  const isCountless =
    (comesAgain(analysis, body.unit, body.func, inBody) && isInLoop(analysis, body.unit, inBody, facts)) ||
    isInLoop(analysis, launch.unit, launch.stmt, facts);
  return isCountless ? { unit: at, node: stmt, launch, channel: at.text(stmt.chan) } : undefined;
}

/** `len(ch) < cap(ch)`: the sender knows of the room. */
function asksForRoom(analysis: Analysis, unit: DeclUnit, channel: Expr): boolean {
  const text = unit.text(channel);
  return nodesOfKind(unit.decl, 'CallExpr').some((call) => {
    const [arg] = call.args;
    return arg && unit.text(arg) === text && /^(?:len|cap)$/.test(analysis.callee(unit, call).name);
  });
}

/** The call that a function literal with the node is given to, where it is one that a goroutine does not start with. */
function outOfCallbacks(analysis: Analysis, unit: DeclUnit, parents: ParentMap, node: Node): Node {
  for (let at = node; ;) {
    const func = runningFunc(parents, at);
    const call = func?.kind === 'FuncLit' ? parents.get(func) : undefined;
    if (!func || call?.kind !== 'CallExpr' || call.fun === func) return at;
    const { fact } = analysis.callee(unit, call);
    if (parents.get(call)?.kind === 'GoStmt' || fact?.calls?.some((c) => c.when !== 'sync')) return at;
    at = call;
  }
}

/** The node, or the call by which the function that a goroutine begins with comes to it. */
function placeIn(
  analysis: Analysis,
  { unit, func }: NonNullable<Launch['body']>,
  at: DeclUnit,
  node: Node,
): Node | undefined {
  if (unit === at && contains(func, node)) return node;
  const own = runningFunc(analysis.parents(at), node);
  if (own?.kind !== 'FuncDecl') return undefined;
  const calls = mentionsOf(analysis, at, own).flatMap((m) => (m.unit === unit && m.call ? [m.call] : []));
  return calls.find((call) => contains(func, call) && runningFunc(analysis.parents(unit), call) === func);
}

/** True when the goroutine counts down the group that is waited for. */
function isCounted(
  analysis: Analysis,
  unit: DeclUnit,
  group: Expr,
  launch: Launch,
  at: DeclUnit,
  channel: Expr,
): boolean {
  const started = analysis.callee(launch.unit, launch.call);
  if (started.name === 'sync.WaitGroup.Go')
    return started.recv !== undefined && isSame(analysis, launch, launch.unit, started.recv, unit, group);
  const { body } = launch;
  return (
    body !== undefined &&
    nodesOfKind(body.unit.decl, 'CallExpr').some((call) => {
      if (!contains(body.func, call)) return false;
      const { name, recv } = analysis.callee(body.unit, call);
      if (name !== 'sync.WaitGroup.Done' || !recv || !isSame(analysis, launch, body.unit, recv, unit, group))
        return false;
      return isBeside(recv, body.unit, channel, at);
    })
  );
}

/** True unless the two are fields that may be those of different values. */
function isBeside(group: Expr, unit: DeclUnit, channel: Expr, at: DeclUnit): boolean {
  const [a, b] = [unparen(group), unparen(channel)];
  if (a.kind !== 'SelectorExpr' || b.kind !== 'SelectorExpr' || unit !== at) return true;
  const [x, y] = [accessPath(a.x), accessPath(b.x)];
  return x !== undefined && y !== undefined && pathKey(x) === pathKey(y);
}

/** True when an expression of a goroutine denotes the same group: the variable itself, what a parameter is given, or the same field. */
function isSame(analysis: Analysis, launch: Launch, unit: DeclUnit, expr: Expr, other: DeclUnit, group: Expr): boolean {
  const [a, b] = [unref(expr), unref(group)];
  if (a.kind === 'Ident' && a.obj?.role === 'param') {
    const given = givenTo(launch, a.obj);
    return given !== undefined && isSame(analysis, launch, launch.unit, given, other, group);
  }
  if (a.kind === 'Ident') return b.kind === 'Ident' && a.obj !== undefined && a.obj === b.obj;
  const [f, g] = [a, b].map((x, i) =>
    x.kind === 'SelectorExpr' ? analysis.types.members.selector(i === 0 ? unit : other, x) : undefined,
  );
  return (
    f?.kind === 'field' &&
    g?.kind === 'field' &&
    f.name === g.name &&
    f.owner !== undefined &&
    f.owner.name === g.owner?.name &&
    f.owner.pkg === g.owner.pkg
  );
}

function unref(expr: Expr): Expr {
  const x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '&') return unparen(x.x);
  return x.kind === 'StarExpr' ? unparen(x.x) : x;
}

/** What the call of a launch gives to a parameter of the function that it starts. */
function givenTo({ call, body }: Launch, param: LocalObject): Expr | undefined {
  const index = body ? flattenFields(body.func.type.params).findIndex((p) => p.name?.obj === param) : -1;
  return index >= 0 ? call.args[index] : undefined;
}

/** True when control may come to a node again after it. */
function comesAgain(analysis: Analysis, unit: DeclUnit, func: FuncNode, node: Node): boolean {
  const cfg = analysis.cfg(unit, func);
  const at = cfgNode(cfg.where, analysis.parents(unit), node);
  return at !== undefined && nodesAfter(cfg, at).has(at);
}

/** True for a node in a loop of its function that turns as often as there are things of which nothing tells the number. */
function isInLoop(analysis: Analysis, unit: DeclUnit, node: Node, { makes }: ChannelFacts): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, node);
  for (let n = parents.get(node); n && !isFunc(n); n = parents.get(n)) {
    // Each turn has a channel of its own.
    if (makes.some((m) => m.unit === unit && n && contains(n, m.call))) return false;
    const over = n.kind === 'RangeStmt' ? n.x : n.kind === 'ForStmt' ? lengthIn(n.cond) : undefined;
    if (over && func && isCountless(analysis, unit, over) && !isMeasured(analysis, unit, over, n)) return true;
  }
  return false;
}

/** `items` of `i < len(items)` */
function lengthIn(cond: Expr | undefined): Expr | undefined {
  const limit = cond?.kind === 'BinaryExpr' && cond.op === '<' ? unparen(cond.y) : undefined;
  const isLen = limit?.kind === 'CallExpr' && limit.fun.kind === 'Ident' && limit.fun.name === 'len' && !limit.fun.obj;
  return isLen ? limit.args[0] : undefined;
}

/** True for something to range over that comes from elsewhere: a slice, map, or channel that is a parameter, a field, or what a call gives. */
function isCountless(analysis: Analysis, unit: DeclUnit, over: Expr): boolean {
  const x = unparen(over);
  const { kind } = analysis.types.underlying(analysis.typeOf(unit, x));
  if (kind !== 'slice' && kind !== 'map' && kind !== 'chan') return false;
  if (x.kind === 'SelectorExpr') return true;
  if (x.kind === 'CallExpr') return analysis.callee(unit, x).kind !== 'conversion';
  if (x.kind !== 'Ident' || !x.obj || x.obj.writes.length > 0) return false;
  if (x.obj.role === 'param' || kind === 'chan') return true;
  const value = onlyValue(x.obj);
  return value !== undefined && unparen(value).kind === 'CallExpr' && isCountless(analysis, unit, value);
}

/** True where the function looks at how many there are: there may be a limit. */
function isMeasured(analysis: Analysis, unit: DeclUnit, over: Expr, loop: Node): boolean {
  const text = unit.text(over);
  const isLength = (n: Node): n is CallExpr =>
    n.kind === 'CallExpr' &&
    analysis.callee(unit, n).name === 'len' &&
    n.args[0] !== undefined &&
    unit.text(n.args[0]) === text;
  return nodesOfKind(unit.decl, 'BinaryExpr').some(
    (b) =>
      /^[<>=!]/.test(b.op) &&
      !(loop.kind === 'ForStmt' && loop.cond === b) &&
      ![b.x, b.y].some((x) => arrayLength(analysis.types, unit, unparen(x)) === 0) &&
      find(b, isLength) !== undefined,
  );
}
