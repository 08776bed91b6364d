/** Calls that acquire something which must be released, and the ways on which it is not. */
import type {
  AssignStmt,
  CallExpr,
  DeferStmt,
  Expr,
  ExprStmt,
  FuncNode,
  Ident,
  LocalObject,
  Node,
  ReturnStmt,
  ValueSpec,
} from '../syntax/ast.ts';
import { mayAcquire } from './acquire-names.ts';
import type { Analysis } from './analysis.ts';
import { type Acquires, apiFact } from './api/facts.ts';
import type { Callee } from './callee.ts';
import type { Edge } from './cfg.ts';
import { isClosedAbove } from './closed-above.ts';
import { factsAt } from './conditions.ts';
import { isFailedCertainty } from './certain-assertions.ts';
import { spend } from './effort.ts';
import { demandsNoBody, tellsOfNoBody } from './empty-answers.ts';
import { endsAtFalse, goesOnWhenTrue } from './ends-at-false.ts';
import { isEndedOn } from './ended-contexts.ts';
import { isOwnerEnded } from './ended-owners.ts';
import { demandsError } from './expected-failure.ts';
import { nodesOfKind } from './node-index.ts';
import { ancestor, enclosingFunc, type ParentMap } from './parents.ts';
import { mayFailItself } from './passed-errors.ts';
import { type Effect, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from './paths.ts';
import { type Answer, remembered } from './reads.ts';
import type { DeclUnit } from './unit.ts';
import { isRootContext } from './root-contexts.ts';
import { deref, isContext, type Type } from './types.ts';
import { type Holder, holderEffect, type ReleaseSpec, useEffect } from './uses.ts';
import { asCall, contains, unparen } from './walk.ts';

/** Where the result of an acquiring call goes. */
export type Destination =
  /** A local variable. */
  | { kind: 'variable'; ident: Ident; object: LocalObject }
  /** `_`, or a call statement whose results are dropped. */
  | { kind: 'discarded'; ident?: Ident }
  /** A field, a package variable, an argument, a return value: somebody else's from here on. */
  | { kind: 'elsewhere'; target?: Expr };

export interface Acquisition {
  unit: DeclUnit;
  /** Innermost function around the call. */
  func: FuncNode;
  call: CallExpr;
  /** Qualified name of what was called. */
  callee: string;
  /** Qualified name of the known function that acquires: the callee itself, or what a function of the package calls. */
  origin: string;
  acquires: Acquires;
  /** The statement of the call: an assignment or declaration that takes the results; a bare call of a method that opens its receiver. */
  stmt?: AssignStmt | ValueSpec | ExprStmt;
  destination: Destination;
  /** Variable that takes the call's error. */
  error?: LocalObject;
}

/** Every call of `unit` that acquires a resource of one of `kinds`, as its result; of any kind when there are none given. */
export function acquisitions(analysis: Analysis, unit: DeclUnit, kinds?: ReadonlySet<string>): readonly Acquisition[] {
  return allAcquisitions(analysis, unit, kinds).filter((a) => !a.acquires.carried);
}

/** The same, with the calls of functions of the package whose result holds the resource in a field. */
export function allAcquisitions(
  analysis: Analysis,
  unit: DeclUnit,
  kinds?: ReadonlySet<string>,
): readonly Acquisition[] {
  const found = remembered(known, unit, () => find(analysis, unit));
  return kinds ? found.filter((a) => kinds.has(a.acquires.kind)) : found;
}

/** Units live as long as one analysis. */
const known = new WeakMap<DeclUnit, Answer<readonly Acquisition[]>>();

function find(analysis: Analysis, unit: DeclUnit): Acquisition[] {
  const found: Acquisition[] = [];
  const parents = analysis.parents(unit);
  for (const n of nodesOfKind(unit.decl, 'CallExpr')) {
    if (!mayAcquire(analysis.program, unit, n)) continue;
    const c = analysis.callee(unit, n);
    const func = enclosingFunc(parents, n);
    if (!func) continue;
    // The table is for a package's users: the package itself handles its resources by its own rules.
    if (c.fact && c.name.startsWith(`${unit.pkg.path}.`)) continue;
    for (const { acquires: given, origin } of acquiredBy(analysis, c)) {
      const acquires = withOutcome(parents, n, given);
      found.push({ unit, func, call: n, callee: c.name, origin, acquires, ...resultsOf(parents, n, acquires) });
    }
  }
  return found;
}

/** What a call acquires: by the table, or by what functions of the package do. */
function acquiredBy(analysis: Analysis, c: Callee): readonly { acquires: Acquires; origin: string }[] {
  const { acquires, alsoAcquires } = c.fact ?? (isRoundTrip(c) ? apiFact(ROUND_TRIP) : undefined) ?? {};
  if (!acquires) return analysis.acquired.ofCall(c);
  if (!c.fact) return [{ acquires, origin: ROUND_TRIP }];
  const first = { acquires, origin: c.name };
  return [first, ...(alsoAcquires ?? []).map((also) => ({ acquires: also, origin: c.name }))];
}

const ROUND_TRIP = 'net/http.Client.Do';

/** True for a method of an interface that an `http.Client` implements: it takes a request and gives the response. */
function isRoundTrip({ dynamic, signature }: Callee): boolean {
  if (!dynamic || signature?.kind !== 'func' || signature.params.length !== 1 || signature.results.length !== 2)
    return false;
  const [request, response] = [signature.params[0], signature.results[0]].map((t) => t && deref(t));
  const isOfHttp = (t: Type | undefined, name: string): boolean =>
    t?.kind === 'named' && t.pkg === 'net/http' && t.name === name;
  return isOfHttp(request, 'Request') && isOfHttp(response, 'Response');
}

/**
 * Of a function that only the config knows, how many results it has is told by the variables that take them. The last of several says
 * whether the call succeeded: an error, or a flag.
 */
function withOutcome(parents: ReadonlyMap<Node, Node>, call: CallExpr, acquires: Acquires): Acquires {
  const parent = parents.get(call);
  if (acquires.kind !== 'own' || (parent?.kind !== 'AssignStmt' && parent?.kind !== 'ValueSpec')) return acquires;
  const [targets, values] = parent.kind === 'AssignStmt' ? [parent.lhs, parent.rhs] : [parent.names, parent.values];
  const last = targets.length - 1;
  return values.length === 1 && last > 0 && last !== acquires.result ? { ...acquires, error: last } : acquires;
}

/** What takes the results of an acquiring call. */
export function resultsOf(
  parents: ReadonlyMap<Node, Node>,
  call: CallExpr,
  acquires: Acquires,
): Pick<Acquisition, 'stmt' | 'destination' | 'error'> {
  let node: Node = call;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
  if (parent?.kind === 'ExprStmt' || parent?.kind === 'GoStmt' || parent?.kind === 'DeferStmt')
    return { destination: { kind: 'discarded' } };
  let targets: readonly Expr[] | undefined;
  let position = acquires.result;
  let stmt: AssignStmt | ValueSpec | undefined;
  if (parent?.kind === 'AssignStmt' || parent?.kind === 'ValueSpec') {
    stmt = parent;
    targets = parent.kind === 'AssignStmt' ? parent.lhs : parent.names;
    const values = parent.kind === 'AssignStmt' ? parent.rhs : parent.values;
    // a, b := f(), g(): each call has one result
    if (values.length > 1) {
      position = values.indexOf(node as Expr);
      if (acquires.result !== 0) targets = undefined;
    }
  }
  if (!targets || !stmt) return { destination: { kind: 'elsewhere' } };
  const target = targets[position];
  const errorTarget = acquires.error === undefined ? undefined : targets[acquires.error];
  const error = errorTarget?.kind === 'Ident' && errorTarget.name !== '_' ? errorTarget.obj : undefined;
  if (target?.kind !== 'Ident') return { stmt, destination: { kind: 'elsewhere', target }, error };
  if (target.name === '_') return { stmt, destination: { kind: 'discarded', ident: target }, error };
  if (!target.obj) return { stmt, destination: { kind: 'elsewhere', target }, error };
  return { stmt, destination: { kind: 'variable', ident: target, object: target.obj }, error };
}

/** The part of an acquisition's facts that says what releases it. */
export function releaseSpec(acquires: Acquires): ReleaseSpec {
  const { release: methods, releasedBy: functions, via, wrappedBy, carried } = acquires;
  return { methods, functions, via, wrappedBy, carried };
}

/**
 * A shortest path from an acquisition held by a local variable to the end of its function on which it is neither
 * released nor handed off; undefined when there is none or the analysis cannot tell.
 *
 * @param anyUse count every mention of the variable as release, as `go vet`'s lostcancel does
 */
export function unreleasedPath(analysis: Analysis, a: Acquisition, anyUse = false): UnreleasedPath | undefined {
  const search = releaseSearch(analysis, a, anyUse);
  return search && findUnreleasedPath(search);
}

/**
 * The path search of `unreleasedPath`, for those who have more to ask.
 * @param except uses of the variable inside this node count as nothing
 */
export function releaseSearch(
  analysis: Analysis,
  a: Acquisition,
  anyUse = false,
  except?: Node,
): SearchSpec | undefined {
  if (a.destination.kind !== 'variable' || !a.stmt) return undefined;
  const { object } = a.destination;
  // Held by a variable of an outer function: the literal's caller may release it.
  if (object.func !== a.func || object.addressTaken) return undefined;
  const cfg = analysis.cfg(a.unit, a.func);
  const parents = analysis.parents(a.unit);
  const start = cfgNode(cfg.where, parents, a.stmt);
  if (!start || !cfg.reachable.has(cfg.where.get(start)?.block as never)) return undefined;
  const spec = releaseSpec(a.acquires);
  const effects = new Map<Node, Effect>();
  const holders = new Map<LocalObject, Holder>();
  for (const use of object.uses) {
    const node = cfgNode(cfg.where, parents, use);
    if (!node || node === except || isKey(parents, use)) continue;
    const held = holders.size;
    const e = useEffect(analysis, a.unit, use, object, spec, holders);
    if (e === 'handoff' && node.kind === 'ReturnStmt' && isClosedAbove(analysis, a.unit, node, use)) continue;
    const isUse = anyUse && (holders.size === held || !hasParent(analysis, a));
    // A deferred function literal set up before the acquisition releases whatever the variable holds at the end; a deferred call, what it held then.
    if (node.kind === 'DeferStmt' && e !== 'neutral' && use.start < a.call.start && isReadAtEnd(analysis, a.unit, use))
      return undefined;
    if (node === start) continue;
    const isEmpty = a.acquires.via === 'Body' && a.unit.file.isTest && demandsNoBody(a.unit, parents, use);
    // `switch res.kind`: what else a struct that comes from elsewhere has says what is in it.
    if (a.acquires.carried && a.origin !== a.callee && tellsOfContents(parents, use, a.acquires.via))
      effects.set(node, 'settled');
    if (e === 'overwrite') {
      if (!effects.has(node)) effects.set(node, 'overwritten');
    } else if (isUse || isEmpty || (e !== 'neutral' && !goesOnWhenTrue(analysis, a, node, e)))
      effects.set(node, 'settled');
  }
  // What is added on the way is visited, too.
  for (const holder of holders.values())
    for (const use of holder.object.uses) {
      const node = cfgNode(cfg.where, parents, use);
      if (!node || node === except || contains(holder.by, use)) continue;
      if (holder.wraps && node.kind === 'ReturnStmt' && isClosedAbove(analysis, a.unit, node, use)) continue;
      const e = holderEffect(analysis, a.unit, use, holder, spec, holders);
      if (e !== 'neutral' && e !== 'overwrite') effects.set(node, 'settled');
    }
  if (a.unit.file.isTest)
    for (const use of a.error?.uses ?? []) {
      const node = demandsError(analysis, a.unit, use) ? cfgNode(cfg.where, parents, use) : undefined;
      if (node && use.start > a.call.end) effects.set(node, 'settled');
    }
  const isResult = object.role === 'result';
  return {
    unit: a.unit,
    cfg,
    start,
    effect: (n) =>
      effects.get(n) ??
      (n.kind === 'ReturnStmt' &&
      ((isResult && n !== except && n.results.length === 0) || isNeverDone(analysis, a.unit, n))
        ? 'settled'
        : 'none'),
    settledBy: (edge) =>
      endsAtFalse(analysis, a, object, edge) ||
      isFailedCertainty(analysis, a.unit, edge) ||
      isEndedOn(a, edge) ||
      isOwnerEnded(analysis, a, edge) ||
      isRefused(a, edge) ||
      (a.acquires.via === 'Body' && tellsOfNoBody(a.unit, object, edge)),
    value: object,
    via: a.acquires.via,
    error: a.error,
    failsItself: failingCalls(analysis, a),
    facts: factsAt(a.unit, parents, a.stmt, analysis.writtenPaths(a.unit, a.func)),
    written: analysis.writtenPaths(a.unit, a.func),
  };
}

/**
 * A path on which a variable gets a new value while it holds one that is to be released, although a deferred literal releases what it holds at
 * the end: that is the last one only. Undefined where another literal has the variable, too.
 */
export function lostBeforeEnd(analysis: Analysis, a: Acquisition): UnreleasedPath | undefined {
  const deferred = a.destination.kind === 'variable' ? deferredFor(analysis, a, a.destination.object) : undefined;
  const search = deferred && releaseSearch(analysis, a, false, deferred);
  if (!search) return undefined;
  const { cfg, effect, settledBy } = search;
  return findUnreleasedPath({
    ...search,
    effect: (n) => (n.kind === 'ReturnStmt' ? 'settled' : effect(n)),
    settledBy: (edge) => edge.to === cfg.exit || (settledBy?.(edge) ?? false),
  });
}

/** The `defer` whose literal releases what a variable holds at the end, where no other literal has to do with the variable. */
function deferredFor(analysis: Analysis, a: Acquisition, object: LocalObject): DeferStmt | undefined {
  const parents = analysis.parents(a.unit);
  let found: DeferStmt | undefined;
  let releases = false;
  for (const use of object.uses) {
    const literal = enclosingFunc(parents, use);
    if (literal === a.func) continue;
    const call = literal && parents.get(literal);
    const stmt = call && parents.get(call);
    if (stmt?.kind !== 'DeferStmt' || stmt.call !== call || call.kind !== 'CallExpr' || call.fun !== literal)
      return undefined;
    if ((found && found !== stmt) || enclosingFunc(parents, stmt) !== a.func) return undefined;
    found = stmt;
    releases ||= useEffect(analysis, a.unit, use, object, releaseSpec(a.acquires)) !== 'neutral';
  }
  return releases ? found : undefined;
}

/** Tells the calls that are given an acquisition's error and may fail where that is nil. */
function failingCalls(analysis: Analysis, { unit, error, destination }: Acquisition): SearchSpec['failsItself'] {
  if (!error) return undefined;
  const known = new Map<CallExpr, boolean>();
  return (call) => {
    let fails = known.get(call);
    if (fails === undefined) {
      const value = destination.kind === 'variable' ? destination.object : undefined;
      known.set(call, (fails = mayFailItself(analysis, unit, call, error, value)));
    }
    return fails;
  };
}

/** True for a context that somebody may end who has neither it nor its cancel function: until then its parent holds it. */
function hasParent(analysis: Analysis, a: Acquisition): boolean {
  const [parent] = a.call.args;
  return (
    parent !== undefined &&
    isContext(analysis.typeOf(a.unit, parent)) &&
    !isRootContext(analysis, a.unit, parent, a.stmt)
  );
}

/** True for the name of a field in a literal, which may be that of the variable: `session{tx: tx}`. */
function isKey(parents: ParentMap, use: Ident): boolean {
  const pair = parents.get(use);
  return pair?.kind === 'KeyValueExpr' && pair.key === use;
}

/** True for a field of a struct, other than the one that holds the resource, by which control is decided. */
function tellsOfContents(parents: ReadonlyMap<Node, Node>, use: Ident, via: string | undefined): boolean {
  const field = parents.get(use);
  const user = field && parents.get(field);
  if (field?.kind !== 'SelectorExpr' || field.sel.name === via || (user?.kind === 'CallExpr' && user.fun === field))
    return false;
  for (let child: Node = field, n = user; n; child = n, n = parents.get(n)) {
    if (n.kind === 'SwitchStmt') return n.tag === child;
    if (n.kind === 'IfStmt' || n.kind === 'ForStmt') return n.cond === child;
    if (n.kind === 'CaseClause') return !n.body.some((s) => s === child);
    if (n.kind === 'BlockStmt' || n.kind === 'AssignStmt' || n.kind === 'FuncLit') return false;
  }
  return false;
}

/** True for a mention in a `defer` that is evaluated when the deferred call runs: in a literal, or the receiver where its address is taken. */
function isReadAtEnd(analysis: Analysis, unit: DeclUnit, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const around = ancestor(parents, use, (n) => n.kind === 'DeferStmt' || n.kind === 'FuncLit');
  if (around?.kind === 'FuncLit') return true;
  const type = use.obj && analysis.objectType(unit, use.obj);
  return !type || !/^(?:pointer|func|chan|interface)$/.test(analysis.types.underlying(type).kind);
}

/** True for the branch on which the flag beside the value is false: `conn, ok := pool.TryGet()`. */
function isRefused({ error }: Acquisition, { kind, cond }: Edge): boolean {
  const x = kind === 'false' && cond ? unparen(cond) : undefined;
  return error !== undefined && x?.kind === 'Ident' && x.obj === error;
}

/** True for `return serve(l)` where the function of the package goes on for ever. */
function isNeverDone(analysis: Analysis, unit: DeclUnit, { results }: ReturnStmt): boolean {
  const call = results.length === 1 && results[0] ? asCall(results[0]) : undefined;
  const visible = call && analysis.callee(unit, call).visible;
  return visible !== undefined && analysis.endings.of(visible) !== undefined;
}

/** The node of the control flow graph that evaluates `node`. */
export function cfgNode(
  where: ReadonlyMap<Node, unknown>,
  parents: ReadonlyMap<Node, Node>,
  node: Node,
): Node | undefined {
  for (let n: Node | undefined = node; n; n = parents.get(n)) {
    spend();
    if (where.has(n)) return n;
  }
  return undefined;
}
