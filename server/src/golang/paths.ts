/**
 * Path search over a control flow graph: is there a feasible way from an acquisition to the end of the function on
 * which nothing releases it? Feasibility covers the acquiring call's own error result, nil tests of the value and
 * repeated tests of unchanged conditions; the search is breadth first, so the path found is a shortest one.
 */
import type { BranchStmt, CallExpr, Expr, LocalObject, Node } from '../syntax/ast.ts';
import { type Block, type ControlFlowGraph, type Edge, evaluated } from './cfg.ts';
import { isChangedOnlyBy, type IsTracked, spelledVariable, stableKey, type WrittenPaths } from './conditions.ts';
import { spend } from './effort.ts';
import { flagsAfter, flagsAtStart, flagTest, type PathFlags, pathFlags } from './path-flags.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, find, isNil, unparen, walkShallow } from './walk.ts';

/** What a node does to the thing that must be released. `settled`: released, or somebody else's duty from here on. */
export type Effect = 'none' | 'settled' | 'overwritten';

export interface SearchSpec {
  unit: DeclUnit;
  cfg: ControlFlowGraph;
  /** The node that acquires; the search starts after it. Absent: the search starts where the function does. */
  start?: Node;
  /** The path may pass `start` again: a second round is no end. */
  throughStart?: boolean;
  /** True for a branch that settles the matter by being taken: the end of a loop that has done the release. */
  settledBy?(edge: Edge): boolean;
  effect(node: Node): Effect;
  /** Variable that holds the value, for nil tests. */
  value?: LocalObject;
  /** The field of the value that is released, for nil tests. */
  via?: string;
  /** Variable that holds the acquiring call's error: while it is non-nil nothing was acquired. */
  error?: LocalObject;
  /** True for a call that is given that error and may fail where it is nil. */
  failsItself?(call: CallExpr): boolean;
  /** Variable that holds a success flag: while it is false nothing was acquired. */
  ok?: LocalObject;
  /** Conditions known to hold at the start. */
  facts: ReadonlyMap<string, boolean>;
  written: WrittenPaths;
}

export interface UnreleasedPath {
  /** Branches taken, in order. */
  decisions: Edge[];
  /** `return`: a return statement or the closing brace; `again`: back at the acquisition; `overwritten`: the variable is assigned anew. */
  end: 'return' | 'again' | 'overwritten';
  /** The return statement or the overwriting node; absent at the closing brace. */
  node?: Node;
  /** The last `break`, `continue` or `goto` on the way. */
  jump?: BranchStmt;
}

interface State {
  block: Block;
  errorLinked: boolean;
  facts: ReadonlyMap<string, boolean>;
  via?: { edge: Edge; before: State };
}

const MAX_STATES = 4000;

/** A shortest feasible path that releases nothing, or undefined when there is none (or the budget ran out). */
export function findUnreleasedPath(spec: SearchSpec): UnreleasedPath | undefined {
  const at = spec.start ? spec.cfg.where.get(spec.start) : { block: spec.cfg.entry, index: -1 };
  if (!at) return undefined;
  const isTracked = trackedIn(spec.cfg);
  const repeated = repeatedConditions(spec, isTracked);
  const flags = pathFlags(spec.cfg);
  const seen = new Set<string>();
  const queue: State[] = [];
  const push = (s: State): void => {
    const key = `${s.block.index}|${s.errorLinked}|${[...s.facts].join(';')}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push(s);
  };
  const first: State = {
    block: at.block,
    errorLinked: true,
    facts: new Map([...[...spec.facts].filter(([k]) => repeated.has(k)), ...flagsAtStart(flags)]),
  };
  let state: State | undefined = first;
  let from = at.index + 1;
  for (let head = 0; state; state = queue[head++], from = 0) {
    if (seen.size > MAX_STATES) return undefined;
    // Weighted by what keys and copies of facts cost beside a step of a walk.
    spend(4 * (1 + state.block.nodes.length + state.block.succs.length * (1 + state.facts.size)));
    let errorLinked = state.errorLinked;
    let settled = false;
    let facts = state.facts;
    for (const node of state.block.nodes.slice(from)) {
      if (node === spec.start && !spec.throughStart) return { ...wayTo(state), end: 'again', node };
      const effect = spec.effect(node);
      if (effect === 'overwritten') return { ...wayTo(state), end: 'overwritten', node };
      // What may be the end of all is no way to leave something behind.
      if (effect === 'settled' || spec.cfg.mayEnd.has(node)) {
        settled = true;
        break;
      }
      if (errorLinked && assigns(node, spec)) errorLinked = false;
      if (node.kind === 'ReturnStmt') return { ...wayTo(state), end: 'return', node };
      facts = flagsAfter(flags, forget(facts, node), node);
    }
    if (settled || state.block.ends) continue;
    if (state.block === spec.cfg.exit) return { ...wayTo(state), end: 'return' };
    for (const edge of state.block.succs) {
      if (spec.settledBy?.(edge)) continue;
      const next = follow(spec, edge, errorLinked, facts, { repeated, flags, isTracked });
      if (next) push({ block: edge.to, errorLinked, facts: next, via: { edge, before: state } });
    }
  }
  return undefined;
}

/** More ends than a reader would want to have repaired in one go. */
const MAX_ENDS = 20;

/**
 * Feasible ways that release nothing, each with an end of its own.
 * @param first the shortest of them
 * @param endOf the node to look past for further ways; undefined for an end that cannot be told by one
 * @returns undefined when these are not all
 */
export function allUnreleasedPaths(
  spec: SearchSpec,
  first: UnreleasedPath,
  endOf: (path: UnreleasedPath) => Node | undefined,
): UnreleasedPath[] | undefined {
  const ways: UnreleasedPath[] = [];
  const ends = new Set<Node>();
  const effect = (node: Node): Effect => (ends.has(node) ? 'settled' : spec.effect(node));
  for (let way: UnreleasedPath | undefined = first; way; way = findUnreleasedPath({ ...spec, effect })) {
    const end = endOf(way);
    if (!end || ways.length === MAX_ENDS) return undefined;
    ends.add(end);
    ways.push(way);
  }
  return ways;
}

/** The branches taken to a state, and the last jump among them. */
function wayTo(state: State): Pick<UnreleasedPath, 'decisions' | 'jump'> {
  const edges: Edge[] = [];
  let jump: BranchStmt | undefined;
  for (let s: State | undefined = state; s?.via; s = s.via.before) {
    const { edge } = s.via;
    if (edge.kind !== 'flow') edges.push(edge);
    const last = edge.from.nodes.at(-1);
    if (last?.kind === 'BranchStmt') jump ??= last;
  }
  return { decisions: edges.reverse(), ...(jump && { jump }) };
}

function assigns(node: Node, { error, ok, failsItself }: SearchSpec): boolean {
  const wanted = [error, ok].filter((o) => o !== undefined);
  if (wanted.length === 0) return false;
  if (node.kind !== 'AssignStmt') return false;
  // `err = wrap(err)` keeps a nil error nil.
  const keeps = (r: Expr, o: LocalObject): boolean => {
    const call = asCall(r);
    return find(r, (n) => n.kind === 'Ident' && n.obj === o) !== undefined && !(call && failsItself?.(call));
  };
  if (wanted.some((o) => node.rhs.some((r) => keeps(r, o)))) return false;
  return node.lhs.some((l) => l.kind === 'Ident' && l.obj !== undefined && wanted.includes(l.obj));
}

function trackedIn({ func }: ControlFlowGraph): IsTracked {
  const known = new Map<LocalObject, boolean>();
  return (object) => {
    let answer = known.get(object);
    if (answer === undefined) known.set(object, (answer = isChangedOnlyBy(func, object)));
    return answer;
  };
}

/**
 * What was known of a variable is void when it gets another value, and when a declaration met again in a loop makes a new
 * variable.
 */
function forget(facts: ReadonlyMap<string, boolean>, node: Node): ReadonlyMap<string, boolean> {
  if (facts.size === 0) return facts;
  const assigned =
    node.kind === 'AssignStmt' && node.op !== ':=' ? node.lhs : node.kind === 'IncDecStmt' ? [node.x] : [];
  const spellings = assigned.flatMap((e) => (e.kind === 'Ident' && e.obj ? [spelledVariable(e.obj)] : []));
  if (spellings.length > 0) {
    const tests = spellings.map((v) => new RegExp(`(?<![\\p{L}\\p{N}_.])${v}(?!\\d)`, 'u'));
    return new Map([...facts].filter(([k]) => !tests.some((t) => t.test(k))));
  }
  const names: string[] = [];
  const add = (e: Expr | undefined): void => {
    if (e?.kind === 'Ident') names.push(e.name);
  };
  if (node.kind === 'AssignStmt' && node.op === ':=') node.lhs.forEach(add);
  else if (node.kind === 'RangeStmt') [node.key, node.value].forEach(add);
  else if (node.kind === 'DeclStmt') for (const s of node.decl.specs) if (s.kind === 'ValueSpec') s.names.forEach(add);
  if (names.length === 0) return facts;
  const pattern = new RegExp(
    `(?<![\\w.])(?:${names.map((n) => n.replace(/[^\p{L}\p{N}_]/gu, '')).join('|')})(?!\\w)`,
    'u',
  );
  return new Map([...facts].filter(([k]) => !pattern.test(k)));
}

/** Facts after an edge, or undefined when the edge cannot be taken. */
function follow(
  spec: SearchSpec,
  edge: Edge,
  errorLinked: boolean,
  facts: ReadonlyMap<string, boolean>,
  { repeated, flags, isTracked }: { repeated: ReadonlySet<string>; flags: PathFlags; isTracked: IsTracked },
): ReadonlyMap<string, boolean> | undefined {
  if (edge.clause?.kind === 'CaseClause' || edge.kind === 'default') {
    if (errorLinked && edge.tag && denotes(edge.tag, spec.error) && !caseAllowsNil(edge)) return undefined;
    return facts;
  }
  if (!edge.cond) return facts;
  const value = edge.kind === 'true';
  if (contradictsAcquisition(spec, edge.cond, value, errorLinked)) return undefined;
  const flag = flagTest(flags, edge.cond);
  const k = flag ?? stableKey(spec.unit, edge.cond, spec.written, isTracked);
  if (!k || (!flag && !repeated.has(k.key))) return facts;
  const truth = value !== k.negated;
  const known = facts.get(k.key);
  if (known !== undefined) return known === truth ? facts : undefined;
  return new Map(facts).set(k.key, truth);
}

function caseAllowsNil(edge: Edge): boolean {
  const clause = edge.clause;
  if (clause?.kind === 'CaseClause' && !clause.isDefault) return clause.exprs.some(isNil);
  // The default branch is taken with a nil error only when no case names nil.
  const siblings = edge.from.succs.flatMap((e) => (e.clause?.kind === 'CaseClause' ? e.clause.exprs : []));
  return !siblings.some(isNil);
}

/** True when `cond == value` can only hold if the acquisition failed (or its value is nil). */
function contradictsAcquisition(spec: SearchSpec, cond: Expr, value: boolean, errorLinked: boolean): boolean {
  const x = unparen(cond);
  const test = x.kind === 'Ident' ? namedTest(spec, x.obj) : undefined;
  if (test) return contradictsAcquisition(spec, test, value, true);
  if (x.kind === 'BinaryExpr' && (x.op === '==' || x.op === '!=')) {
    const other = isNil(x.y) ? x.x : isNil(x.x) ? x.y : undefined;
    const equal = (x.op === '==') === value;
    if (other) {
      if (errorLinked && (denotes(other, spec.error) || isPassedOn(spec, other))) return !equal;
      return equal && (denotes(other, spec.value) || denotesField(other, spec));
    }
    // err == io.EOF: true means an error
    return errorLinked && equal && (denotes(x.x, spec.error) || denotes(x.y, spec.error));
  }
  if (!errorLinked) return false;
  if (denotes(x, spec.ok)) return !value;
  // `perr, ok := err.(*os.PathError)`: no nil has a type.
  if (x.kind === 'Ident' && isTypeOf(x.obj, spec.error)) return value;
  const judged = x.kind === 'Ident' ? judgement(spec, x.obj) : undefined;
  if (judged) return callMeansError(judged, value);
  if (x.kind === 'CallExpr' && spec.error && x.args.some((a) => denotes(a, spec.error)))
    return callMeansError(x, value);
  return false;
}

/** The comparison of the acquiring call's own error or value that gives a variable its only value: `up := err == nil`. */
function namedTest(spec: SearchSpec, object: LocalObject | undefined): Expr | undefined {
  const stmt = object?.declNode;
  if (stmt?.kind !== 'AssignStmt' || stmt.lhs.length !== stmt.rhs.length) return undefined;
  if (object?.addressTaken || object?.writes.some((w) => w !== object.decl)) return undefined;
  const value = stmt.rhs[stmt.lhs.findIndex((l) => l === object?.decl)];
  const test = value && unparen(value);
  const after = spec.start?.end ?? Infinity;
  if (test?.kind !== 'BinaryExpr' || test.start < after || !(isNil(test.x) || isNil(test.y))) return undefined;
  const isWritten = spec.error?.writes.some((w) => w.start > after && w.start < test.start) ?? false;
  return isWritten ? undefined : test;
}

/** True for a variable whose only value is the `ok` of a type assertion of another one. */
function isTypeOf(ok: LocalObject | undefined, object: LocalObject | undefined): boolean {
  const stmt = ok?.declNode;
  if (!object || stmt?.kind !== 'AssignStmt' || stmt.lhs[1] !== ok?.decl || ok.writes.some((w) => w !== ok.decl))
    return false;
  const x = stmt.rhs[0] && unparen(stmt.rhs[0]);
  return x?.kind === 'TypeAssertExpr' && denotes(x.x, object);
}

/** The call that judges the acquiring call's error and gives a variable its only value: `retry, err := shouldRetry(err)`. */
function judgement(spec: SearchSpec, object: LocalObject | undefined): CallExpr | undefined {
  if (!spec.error || object?.declNode.kind !== 'AssignStmt' || object.writes.some((w) => w !== object.decl))
    return undefined;
  const call = object.declNode.rhs.length === 1 && object.declNode.rhs[0] ? unparen(object.declNode.rhs[0]) : undefined;
  if (call?.kind !== 'CallExpr' || call.start < (spec.start?.end ?? 0)) return undefined;
  // One that gets the value as well may say something about that.
  if (call.args.some((a) => denotes(a, spec.value))) return undefined;
  return call.args.some((a) => denotes(a, spec.error)) ? call : undefined;
}

/** True for the error of a call that is given the acquiring call's, and does not fail without that: `failed := explain(resp, err)`. */
function isPassedOn({ error, failsItself, start }: SearchSpec, expr: Expr): boolean {
  const x = unparen(expr);
  const object = x.kind === 'Ident' ? x.obj : undefined;
  const stmt = object?.declNode;
  if (!error || !failsItself || !object || stmt?.kind !== 'AssignStmt' || stmt.start < (start?.end ?? 0)) return false;
  if (stmt.lhs.at(-1) !== object.decl || object.writes.some((w) => w !== object.decl)) return false;
  const call = stmt.rhs.length === 1 && stmt.rhs[0] ? asCall(stmt.rhs[0]) : undefined;
  return call?.args.some((a) => denotes(a, error)) === true && !failsItself(call);
}

/** True when a call that judges the error can only give `value` for an error, or its name does not tell. */
function callMeansError(call: CallExpr, value: boolean): boolean {
  const fun = unparen(call.fun);
  const name = fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
  // errors.Is(err, …), os.IsNotExist(err)
  if (/^(?:is|as|has)(?![a-z])|^[iI]s[A-Z]|err|retry/i.test(name) && !/^no/i.test(name)) return value;
  // assert.NoError(t, err), assert.Nil(t, err)
  if (/^no|^nil$|^ok$|succe/i.test(name)) return !value;
  return true;
}

/** True for the field of the value that is released: `resp.Body`. */
function denotesField(expr: Expr, spec: SearchSpec): boolean {
  const x = unparen(expr);
  return x.kind === 'SelectorExpr' && x.sel.name === spec.via && denotes(x.x, spec.value);
}

function denotes(expr: Expr, object: LocalObject | undefined): boolean {
  const x = unparen(expr);
  return object !== undefined && x.kind === 'Ident' && x.obj === object;
}

/** Keys of stable conditions that are tested more than once, or known at the start. */
function repeatedConditions(spec: SearchSpec, isTracked: IsTracked): Set<string> {
  const count = new Map<string, number>([...spec.facts.keys()].map((k) => [k, 1]));
  spend(4 * spec.cfg.blocks.length);
  for (const block of spec.cfg.blocks) {
    const cond = block.succs[0]?.cond;
    const k = cond && stableKey(spec.unit, cond, spec.written, isTracked);
    if (k) count.set(k.key, (count.get(k.key) ?? 0) + 1);
  }
  return new Set([...count].filter(([, n]) => n > 1).map(([k]) => k));
}

/** Calls `visit` for each node evaluated at a block node, function literals not entered. */
export function visitEvaluated(node: Node, visit: (n: Node) => void): void {
  for (const part of evaluated(node)) walkShallow(part, visit);
}
