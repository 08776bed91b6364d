/**
 * Fields, package variables and elements of maps that take a resource over: `l.current = &link{end: cancel}`, `r.meters[name] =
 * startMeter(d)`.
 */
import type { AssignStmt, Expr, Ident, LocalObject, Node, ReturnStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Acquires } from './api/facts.ts';
import type { VisibleFunc } from './callee.ts';
import { heldByStruct, literalFieldOf } from './held-by-struct.ts';
import { nodesOfKind } from './node-index.ts';
import type { ParentMap } from './parents.ts';
import { type Acquisition, cfgNode, releaseSpec } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { type Holder, type ReleaseSpec, useEffect } from './uses.ts';
import { baseIdent, contains, find, flattenFields, isNil, pathText, unparen } from './walk.ts';

/** A place that holds one value at a time. */
export interface Place {
  /** As written where it is given a value. */
  target: Expr;
  /** The field or variable that is, or has, the place. */
  container: Expr;
  /** The key of a map's element. */
  key?: Expr;
}

export interface PlaceStore {
  stmt: AssignStmt;
  place: Place;
  /** What is acquired, as seen from the value that the place gets. */
  acquires: Acquires;
  /** The value is returned as well. */
  isReturned: boolean;
}

/** Where a function leaves what it has acquired. */
interface Whereabouts {
  stores: Omit<PlaceStore, 'isReturned'>[];
  /** The returns by which the caller gets it, and what is acquired as seen from what these give. */
  returns: { stmt: ReturnStmt; index: number; acquires: Acquires }[];
}

/** The place that a function puts what it has acquired into, where nobody else gets it but who is returned it. */
export function storeOf(analysis: Analysis, a: Acquisition): PlaceStore | undefined {
  const parents = analysis.parents(a.unit);
  if (a.destination.kind === 'variable') return storeOfVariable(analysis, a, a.destination.object);
  if (a.destination.kind !== 'elsewhere') return undefined;
  const { target } = a.destination;
  const place = target && placeAt(analysis, a.unit, target);
  if (place)
    return a.stmt?.kind === 'AssignStmt' && a.stmt.op === '='
      ? { stmt: a.stmt, place, acquires: a.acquires, isReturned: false }
      : undefined;
  const held = a.acquires.carried ? undefined : heldByStruct(analysis, a);
  if (held) return storeOfVariable(analysis, held, held.destination.object);
  const literal = a.acquires.via === undefined ? literalFieldOf(analysis, a.unit, parents, a.call) : undefined;
  const put = literal && putAt(analysis, a.unit, parents, literal.literal);
  return put && { ...put, acquires: inField(a.acquires, literal.field), isReturned: false };
}

function inField(acquires: Acquires, field: string): Acquires {
  return { ...acquires, via: field, carried: true };
}

function storeOfVariable(analysis: Analysis, a: Acquisition, object: LocalObject): PlaceStore | undefined {
  const left = whereabouts(analysis, a, object);
  const [store, ...others] = left?.stores ?? [];
  return left && store && others.length === 0 ? { ...store, isReturned: left.returns.length > 0 } : undefined;
}

/**
 * What a function of the package acquires and gives to its caller in a field of a struct, which goroutines that it starts may use but do
 * not release: as seen from the struct.
 */
export function acquiredForCaller(
  analysis: Analysis,
  a: Acquisition,
): { index: number; acquires: Acquires } | undefined {
  const held = a.destination.kind === 'variable' ? a : a.acquires.carried ? undefined : heldByStruct(analysis, a);
  if (held?.destination.kind !== 'variable') return undefined;
  const left = whereabouts(analysis, held, held.destination.object);
  const [first, ...others] = left?.returns ?? [];
  if (!left || !first || left.stores.length > 0 || first.acquires.via === undefined) return undefined;
  const isSame = others.every(({ index, acquires }) => index === first.index && acquires.via === first.acquires.via);
  return isSame ? { index: first.index, acquires: { ...first.acquires, carried: true } } : undefined;
}

/** Undefined where somebody else may have it, too. */
function whereabouts(analysis: Analysis, a: Acquisition, object: LocalObject): Whereabouts | undefined {
  const { unit } = a;
  const parents = analysis.parents(unit);
  const { where } = analysis.cfg(unit, a.func);
  const holders = new Map<LocalObject, Holder>();
  const found: Whereabouts = { stores: [], returns: [] };
  const failed: Node[] = [];
  const visit = (use: Ident, of: LocalObject, acquires: Acquires): boolean => {
    const parent = parents.get(use);
    if (of.writes.includes(use) || (parent?.kind === 'KeyValueExpr' && parent.key === use)) return true;
    const literal = parent?.kind === 'KeyValueExpr' && acquires.via === undefined ? parents.get(parent) : undefined;
    const field = parent?.kind === 'KeyValueExpr' && parent.key.kind === 'Ident' ? parent.key.name : undefined;
    const direct = putAt(analysis, unit, parents, use);
    const inside = literal && field !== undefined ? putAt(analysis, unit, parents, literal) : undefined;
    if (direct) found.stores.push({ ...direct, acquires });
    else if (inside && field !== undefined) found.stores.push({ ...inside, acquires: inField(acquires, field) });
    else if (parent?.kind === 'ReturnStmt')
      found.returns.push({ stmt: parent, index: parent.results.indexOf(use), acquires });
    else {
      const spec = releaseSpec(acquires);
      const effect = goneOnWith(analysis, unit, use, spec) ?? useEffect(analysis, unit, use, of, spec, holders);
      if (effect === 'release' && cfgNode(where, parents, use)?.kind !== 'DeferStmt') failed.push(use);
      else if (effect !== 'neutral') return false;
    }
    return true;
  };
  if (object.func !== a.func || object.addressTaken) return undefined;
  if (!object.uses.every((use) => visit(use, object, a.acquires))) return undefined;
  for (const { object: holder, field, wraps } of holders.values()) {
    if (wraps || field === undefined) continue;
    if (!holder.uses.every((use) => visit(use, holder, inField(a.acquires, field)))) return undefined;
  }
  // What is released before it is put there has failed.
  const first = Math.min(...[...found.stores, ...found.returns].map(({ stmt }) => stmt.start));
  return failed.every((n) => n.start < first) ? found : undefined;
}

/**
 * What a goroutine does that is started with a method of the value, `go l.run()`, or is given it, `go s.follow(l)`; undefined for other
 * mentions.
 */
export function goneOnWith(
  analysis: Analysis,
  unit: DeclUnit,
  use: Node,
  spec: ReleaseSpec,
): 'neutral' | 'handoff' | undefined {
  const parents = analysis.parents(unit);
  const user = parents.get(use);
  const call = user?.kind === 'SelectorExpr' ? parents.get(user) : user;
  if (call?.kind !== 'CallExpr' || parents.get(call)?.kind !== 'GoStmt') return undefined;
  const index = call.args.findIndex((arg) => arg === use);
  if (index < 0 && call.fun !== user) return undefined;
  const { visible } = analysis.callee(unit, call);
  if (!visible) return 'handoff';
  if (index < 0) return analysis.summaries.receiver(visible, spec) === 'neutral' ? 'neutral' : 'handoff';
  const given = flattenFields(visible.decl.type.params)[index]?.name?.obj;
  const isUsed = analysis.summaries.parameter(visible, index, spec) === 'neutral';
  return isUsed && !(given && mayLeaveBy(analysis, visible, given)) ? 'neutral' : 'handoff';
}

/** True for a function that asks whether what it has got is still the one in its place, and may leave if it is not. */
function mayLeaveBy(analysis: Analysis, { unit, decl }: VisibleFunc, given: LocalObject): boolean {
  const parents = analysis.parents(unit);
  const asking = given.uses.filter((use) => {
    const user = parents.get(use);
    return user?.kind === 'BinaryExpr' && !isNil(user.x) && !isNil(user.y);
  });
  const told = new Set<Node>(asking);
  for (const { lhs, rhs } of nodesOfKind(decl, 'AssignStmt'))
    if (rhs.some((r) => asking.some((use) => contains(r, use))))
      for (const target of lhs) if (target.kind === 'Ident') for (const use of target.obj?.uses ?? []) told.add(use);
  return nodesOfKind(decl, 'IfStmt').some(
    ({ cond, body, else: otherwise }) =>
      [...told].some((use) => contains(cond, use)) &&
      [body, otherwise].some((branch) => branch && find(branch, leaves) !== undefined),
  );
}

function leaves(n: Node): boolean {
  return n.kind === 'ReturnStmt' || (n.kind === 'BranchStmt' && n.tok !== 'continue');
}

/** The assignment that gives a place a value: `x.f = v`, `x.f = &v`. */
function putAt(
  analysis: Analysis,
  unit: DeclUnit,
  parents: ParentMap,
  value: Node,
): { stmt: AssignStmt; place: Place } | undefined {
  let node = value;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&' && node !== parent)) {
    if (parent.kind === 'UnaryExpr' && node.kind !== 'CompositeLit') return undefined;
    [node, parent] = [parent, parents.get(parent)];
  }
  if (parent?.kind !== 'AssignStmt' || parent.op !== '=' || parent.lhs.length !== parent.rhs.length) return undefined;
  const target = parent.lhs[parent.rhs.findIndex((r) => r === node)];
  const place = target && placeAt(analysis, unit, target);
  return place && { stmt: parent, place };
}

/** The place that an expression denotes, where it denotes the same one throughout the function. */
function placeAt(analysis: Analysis, unit: DeclUnit, expr: Expr): Place | undefined {
  const target = unparen(expr);
  const isIndexed = target.kind === 'IndexExpr';
  const container = unparen(isIndexed ? target.x : target);
  if (container.kind !== 'SelectorExpr' && !(container.kind === 'Ident' && !container.obj)) return undefined;
  if (pathText(container) === undefined || !isSteady(container)) return undefined;
  if (!isIndexed) return { target, container };
  const [key, ...others] = target.indices;
  if (!key || others.length > 0 || isNil(key)) return undefined;
  if (analysis.types.underlying(analysis.typeOf(unit, container)).kind !== 'map') return undefined;
  const isKept = unparen(key).kind === 'BasicLit' || (pathText(key) !== undefined && isSteady(key));
  return isKept ? { target, container, key } : undefined;
}

/** True for a path that starts with a variable which always holds the same. */
function isSteady(expr: Expr): boolean {
  const object = baseIdent(expr)?.obj;
  return !object || (object.writes.length === 0 && !object.addressTaken);
}
