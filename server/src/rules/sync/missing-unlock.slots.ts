/** Slots of channels used as semaphores that are kept on some way out of the function that took them. */
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { type Semaphore, semaphoreOf } from '../../concurrency/spawns/semaphores.ts';
import { type AccessPath, accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { type Kept, keptOnSomeWay, type Operation, waysOut } from '../../golang/kept-operation.ts';
import { launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { PathEffects, RECEIVE, SEND } from '../../golang/path-effects.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import { runsAtMostOnce } from '../../golang/process-lifetime.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, isNil, unparen } from '../../golang/walk.ts';
import type { Expr, FuncNode, Node, ReturnStmt, Stmt } from '../../syntax/ast.ts';

/** Every slot taken in a declaration that some early way out keeps, while the end of the function has given it back. */
export function keptSlots(analysis: Analysis, unit: DeclUnit): Kept[] {
  const all = channelOperations(analysis, unit);
  const kept: Kept[] = [];
  for (const taken of all) {
    const operations = all.filter((o) => pathKey(o.path) === pathKey(taken.path));
    const other = taken.method === SEND ? RECEIVE : SEND;
    if (!operations.some((o) => o.method === other && contains(taken.func, o.node))) continue;
    const semaphore = semaphoreAt(analysis, unit, taken);
    if (semaphore?.takes !== taken.method) continue;
    const found = keptSlot(analysis, unit, semaphore, taken, operations);
    if (found) kept.push(found);
  }
  return kept;
}

function channelOperations(analysis: Analysis, unit: DeclUnit): Operation[] {
  const parents = analysis.parents(unit);
  const found: Operation[] = [];
  const add = (node: Node, channel: Expr, method: string): void => {
    const path = accessPath(channel);
    const func = path && enclosingFunc(parents, node);
    if (func) found.push({ node, method, path, func });
  };
  for (const n of nodesOfKind(unit.decl, 'SendStmt')) add(n, n.chan, SEND);
  for (const n of nodesOfKind(unit.decl, 'UnaryExpr')) if (n.op === '<-') add(n, n.x, RECEIVE);
  return found.sort((a, b) => a.node.start - b.node.start);
}

function channelExpr({ node }: Operation): Expr | undefined {
  return node.kind === 'SendStmt' ? node.chan : node.kind === 'UnaryExpr' ? node.x : undefined;
}

function semaphoreAt(analysis: Analysis, unit: DeclUnit, taken: Operation): Semaphore | undefined {
  const x = channelExpr(taken);
  const channel = x && channelOf(analysis, unit, x);
  return channel && semaphoreOf(analysis, channel);
}

function keptSlot(
  analysis: Analysis,
  unit: DeclUnit,
  { gives, fills, facts }: Semaphore,
  taken: Operation,
  operations: readonly Operation[],
): Kept | undefined {
  const parents = analysis.parents(unit);
  const { func, path } = taken;
  const stmt = taken.node.kind === 'SendStmt' ? taken.node : parents.get(taken.node);
  if (fills.has(taken.node) || (stmt?.kind !== 'SendStmt' && stmt?.kind !== 'ExprStmt')) return undefined;
  // Under another name, it may be given back unseen.
  const here = [...facts.sends, ...facts.receives].filter((place) => place.unit === unit);
  if (here.some((place) => !operations.some((o) => o.node === place.node))) return undefined;
  const giving = operations.filter((o) => o.method === gives && contains(func, o.node));
  if (!giving.every((o) => isInLoopsOf(parents, func, taken, o.node))) return undefined;
  const loop = loopsAround(parents, func, taken.node)[0];
  if (loop && !giving.some((o) => contains(loop, o.node))) return undefined;
  const cfg = analysis.cfg(unit, func);
  const handedOn = giving.filter((o) => o.func !== func).flatMap((o) => cfgNode(cfg.where, parents, o.node) ?? []);
  const isOwn = isOwnVariable(path, func);
  if (isLocal(path) && facts.makes.some(({ call }) => hasPlaceForAll(call.args[1]))) return undefined;
  const summaries = new PathEffects(analysis, { perform: [gives], open: [taken.method] });
  const spec = { taken, stmt, operations, summaries, handedOn };
  const own = keptOnSomeWay(analysis, unit, { ...spec, endsWithFunction: isOwn });
  // One slot that is gone leaves others.
  const isTheOnly = facts.makes.some(({ call }) => isOne(call.args[1]));
  const isHarmless = !isTheOnly && runsAtMostOnce(analysis, unit, stmt);
  if (own && isForgotten(analysis, own) && !(own.path.end === 'return' && isHarmless)) return own;
  if (isHarmless || (isOwn && !loop)) return undefined;
  for (const within of startedWith(analysis, unit, taken, giving)) {
    const handed = keptOnSomeWay(analysis, unit, { ...spec, handedOn: [], within });
    if (handed && isForgotten(analysis, handed)) return handed;
  }
  return undefined;
}

/** Literals that a function starts with what it took, to give it back: nothing else does so behind the start. */
function startedWith(
  analysis: Analysis,
  unit: DeclUnit,
  { func, node }: Operation,
  giving: readonly Operation[],
): FuncNode[] {
  const cfg = analysis.cfg(unit, func);
  const parents = analysis.parents(unit);
  const found: FuncNode[] = [];
  for (const { stmt, body } of launches(analysis, unit)) {
    const literal = body?.func;
    if (literal?.kind !== 'FuncLit' || enclosingFunc(parents, stmt) !== func || !contains(stmt, literal)) continue;
    if (!giving.some((o) => contains(literal, o.node))) continue;
    const after = nodesAfter(cfg, stmt, cfgNode(cfg.where, parents, node));
    // Another literal may be called by this one.
    const isShared = giving.some((o) => {
      if (contains(literal, o.node)) return false;
      const at = cfgNode(cfg.where, parents, o.node);
      return o.func !== func || at === undefined || after.has(at);
    });
    if (
      !isShared &&
      giving.every((o) => !contains(literal, o.node) || loopsAround(parents, literal, o.node).length === 0)
    )
      found.push(literal);
  }
  return found;
}

function isOne(capacity: Expr | undefined): boolean {
  const x = capacity && unparen(capacity);
  return x?.kind === 'BasicLit' && Number(x.value) === 1;
}

/** Loops of the function around a node, the innermost first. */
function loopsAround(parents: ParentMap, func: FuncNode, node: Node): Stmt[] {
  const loops: Stmt[] = [];
  for (let n = parents.get(node); n && n !== func; n = parents.get(n))
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') loops.push(n);
  return loops;
}

/** False for a loop that gives back what another one took. */
function isInLoopsOf(parents: ParentMap, func: FuncNode, taken: Operation, given: Node): boolean {
  return loopsAround(parents, func, given).every((loop) => contains(loop, taken.node));
}

function isLocal({ root, fields }: AccessPath): boolean {
  return typeof root !== 'string' && root.role === 'local' && fields.length === 0;
}

/** True for a channel that the function has made itself, alone or in a value of its own. */
function isOwnVariable(path: AccessPath, func: FuncNode): boolean {
  const { root } = path;
  if (typeof root === 'string' || root.role !== 'local' || root.func !== func) return false;
  const value = onlyValue(root);
  const x = value && unparen(value);
  return isLocal(path) || (x?.kind === 'UnaryExpr' ? unparen(x.x) : x)?.kind === 'CompositeLit';
}

/** `make(chan struct{}, len(items))`: nobody ever waits for a slot. */
function hasPlaceForAll(capacity: Expr | undefined): boolean {
  return capacity !== undefined && find(capacity, (n) => n.kind === 'CallExpr') !== undefined;
}

/** True when the slot is kept on early ways out only, and not because the function succeeded in taking it. */
export function isForgotten(analysis: Analysis, kept: Kept): boolean {
  const { func } = kept;
  const ways = waysOut(analysis, kept) ?? [kept.path];
  const last = func.body?.stmts.at(-1);
  if (ways.some((way) => isNormalEnd(way, last))) return false;
  const after = new Set<Node>();
  const cfg = analysis.cfg(kept.search.unit, func);
  for (const node of kept.releases) for (const n of nodesAfter(cfg, node)) after.add(n);
  const given = [...after].filter((n): n is ReturnStmt => n.kind === 'ReturnStmt');
  // Kept where it reports success, given back where it does not: a slot that is taken for good.
  const isKeptOnSuccess = ways.some((way) => way.node?.kind === 'ReturnStmt' && saysSuccess(way.node));
  return !isKeptOnSuccess || given.length === 0 || given.some(saysSuccess);
}

/** The end of the function, unless a loop is left for it. */
function isNormalEnd({ end, node, jump }: UnreleasedPath, last: Stmt | undefined): boolean {
  if (end !== 'return') return false;
  return node ? node === last : jump?.tok !== 'break';
}

/** `return nil`, `return true`. */
function saysSuccess({ results }: ReturnStmt): boolean {
  const x = results.at(-1);
  return x !== undefined && (isNil(x) || (unparen(x) as { name?: string }).name === 'true');
}
