/**
 * What an operation takes and another gives back: a lock, a slot of a semaphore. Tells, on the control flow graph, whether it is still
 * kept on some way out of the function that took it.
 */
import type {
  BranchStmt,
  Expr,
  ForStmt,
  FuncNode,
  LocalObject,
  Node,
  RangeStmt,
  ReturnStmt,
  Stmt,
} from '../syntax/ast.ts';
import { type AccessPath, pathName } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { nodesAfter } from './cfg-reach.ts';
import { factsAt } from './conditions.ts';
import { isNeverError } from './failed-call.ts';
import { ancestor, isFunc, isStmt, type ParentMap } from './parents.ts';
import type { PathEffect, PathEffects } from './path-effects.ts';
import { allUnreleasedPaths, type Effect, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from './paths.ts';
import { cfgNode } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { assigns, contains, find } from './walk.ts';

/** An operation of a pair on something that a path names: a call of its method, a send or a receive. */
export interface Operation {
  node: Node;
  /** The method's name, `SEND` or `RECEIVE`. */
  method: string;
  path: AccessPath;
  /** The innermost function around it. */
  func: FuncNode;
}

/** Something taken, and a way on which it is not given back. */
export interface Kept {
  taken: Operation;
  stmt: Stmt;
  /** The function that has a way out with it: the one that takes it, or a literal that is started with it. */
  func: FuncNode;
  path: UnreleasedPath;
  /** What the function does to it elsewhere. */
  effects: ReadonlyMap<Node, PathEffect>;
  /** Operations on it in the declaration. */
  operations: readonly Operation[];
  /** Nodes of the control flow graph that give it back, or leave it to somebody who does. */
  releases: readonly Node[];
  /** The search that found the way. */
  search: SearchSpec;
  /** The loop to whose next turn the way leads, which takes from something else. */
  turns?: ForStmt | RangeStmt;
}

export interface KeptSpec {
  taken: Operation;
  /** The statement that takes it. */
  stmt: Stmt;
  /** Operations on the same path in the declaration, of both kinds. */
  operations: readonly Operation[];
  /** Tells what gives it back. */
  summaries: PathEffects;
  /** Nodes of the control flow graph that leave it to somebody who certainly gives it back. */
  handedOn?: readonly Node[];
  /** A literal that it is handed to: the ways through that are looked at, from its beginning. */
  within?: FuncNode;
  /** The loop in whose next turn the path means something else: who comes to it has left behind what was taken. */
  turns?: ForStmt | RangeStmt;
  /** Nobody else has it once the function has returned: only another turn of a loop counts. */
  endsWithFunction?: boolean;
  /** Variables that tell whether it was taken, as in a search. */
  value?: LocalObject;
  error?: LocalObject;
  ok?: LocalObject;
}

/** A way on which the function does not give back what it does on others; undefined when there is none, or none for sure. */
export function keptOnSomeWay(analysis: Analysis, unit: DeclUnit, spec: KeptSpec): Kept | undefined {
  const { taken, stmt, operations, within, turns, value, error, ok } = spec;
  const { path } = taken;
  const func = within ?? taken.func;
  const cfg = analysis.cfg(unit, func);
  const block = within ? cfg.entry : cfg.where.get(stmt)?.block;
  if (!block || !cfg.reachable.has(block)) return undefined;
  const parents = analysis.parents(unit);
  const written = analysis.writtenPaths(unit, func);
  const own = new Set(operations.filter((c) => c.func === func).map((c) => cfgNode(cfg.where, parents, c.node)));
  // Once the variable stands for another value, what was taken cannot be followed.
  const settles =
    (effects: { has(n: Node): boolean }) =>
    (n: Node): Effect => {
      if (effects.has(n) || (spec.endsWithFunction && n.kind === 'ReturnStmt')) return 'settled';
      if (!assignsRoot(n, path)) return 'none';
      return turns && (n === turns || contains(turns, n)) ? 'overwritten' : 'settled';
    };
  const balance: SearchSpec = {
    unit,
    cfg,
    ...(within ? {} : { start: stmt }),
    value,
    error,
    ok,
    effect: settles(own),
    // No control comes to the handling of an error that is always nil.
    settledBy: (e) =>
      (spec.endsWithFunction === true && e.to === cfg.exit) ||
      (e.kind === 'true' && e.cond !== undefined && isNeverError(analysis, unit, e.cond)),
    facts: within ? new Map() : factsAt(unit, parents, stmt, written),
    written,
  };
  // What called functions do to it matters only where the function's own operations leave a way open.
  if (!findUnreleasedPath(balance)) return undefined;
  const effects = spec.summaries.nodes(unit, func, path);
  const releases = [...effects].filter(([, e]) => e === 'performs').map(([n]) => n);
  for (const n of spec.handedOn ?? []) {
    releases.push(n);
    if (!effects.has(n)) effects.set(n, 'handoff');
  }
  // Never given back here: taking it for somebody else is what the function is for.
  if (releases.length === 0 || releases.some((n) => n.kind === 'DeferStmt' && n.start < stmt.start)) return undefined;
  // No way from here to a release: a function that takes or gives as it is told.
  const after = within ? undefined : nodesAfter(cfg, stmt);
  if (after && !releases.some((n) => after.has(n))) return undefined;
  const search: SearchSpec = { ...balance, effect: settles(effects) };
  const found = findUnreleasedPath(search);
  if (!found || isCorrelated(analysis, unit, taken, found, releases)) return undefined;
  const isLeft = found.end === 'overwritten' || (found.end === 'again' && !sameEachTime(analysis, unit, taken));
  if (isLeft && !releases.every((n) => turns && contains(turns.body, n))) return undefined;
  return { taken, stmt, func, path: found, effects, operations, releases, search, ...(isLeft && turns && { turns }) };
}

/** All ways on which it is not given back, each with an end of its own; undefined when they are not all known. */
export function waysOut(analysis: Analysis, { taken, path, releases, search }: Kept): UnreleasedPath[] | undefined {
  const ways = allUnreleasedPaths(search, path, endOf);
  return ways?.some((way) => isCorrelated(analysis, search.unit, taken, way, releases)) ? undefined : ways;
}

/** The statement with which a way leaves the part of the function that keeps what was taken. */
export function endOf({ end, node, jump }: UnreleasedPath): ReturnStmt | BranchStmt | undefined {
  if (end === 'return' && node?.kind === 'ReturnStmt') return node;
  return jump?.tok === 'continue' ? jump : undefined;
}

function assignsRoot(node: Node, { root }: AccessPath): boolean {
  return typeof root !== 'string' && assigns(node, root);
}

/**
 * True when the path may not exist because taking and giving back depend on the same thing in a way the search cannot follow:
 * a conditional lock that is unlocked elsewhere, or an unlock that depends on a flag the function sets.
 */
function isCorrelated(
  analysis: Analysis,
  unit: DeclUnit,
  taken: Operation,
  found: UnreleasedPath,
  releases: readonly Node[],
): boolean {
  const parents = analysis.parents(unit);
  const branch = ancestor(parents, taken.node, (n) => isFunc(n) || (isBranch(n) && !isOnlyWayOn(parents, n)));
  if (branch && !isFunc(branch) && !releases.every((u) => contains(branch, u))) {
    if (!found.node || !contains(branch, found.node) || found.end === 'again') return true;
  }
  return found.decisions.some((edge) => {
    if (!edge.cond) return false;
    const stmt = ancestor(parents, edge.cond, isStmt);
    if (stmt?.kind !== 'IfStmt' || !dependsOnVariable(edge.cond)) return false;
    return [stmt.body, stmt.else].some((b) => b && !leaves(b) && releases.some((u) => contains(b, u)));
  });
}

function isBranch(n: Node): boolean {
  return n.kind === 'IfStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause';
}

/** True for the one arm of a `select` behind which control goes on: what it has done is certain there. */
function isOnlyWayOn(parents: ParentMap, clause: Node): boolean {
  const select = parents.get(clause);
  if (clause.kind !== 'CommClause' || select?.kind !== 'SelectStmt') return false;
  return select.clauses.every((c) => {
    const last = c.body.at(-1);
    // A plain `break` ends the `select` alone.
    const goesOn = last?.kind === 'BranchStmt' && last.tok === 'break' && !last.label;
    return c === clause || (isLeaving(last) && !goesOn);
  });
}

/** True when control does not go on behind a block. */
function leaves(block: Node): boolean {
  return block.kind === 'BlockStmt' && isLeaving(block.stmts.at(-1));
}

function isLeaving(stmt: Stmt | undefined): boolean {
  return stmt?.kind === 'ReturnStmt' || stmt?.kind === 'BranchStmt';
}

function dependsOnVariable(cond: Expr): boolean {
  return find(cond, (n) => n.kind === 'Ident' && n.obj !== undefined && n.obj.writes.length > 0) !== undefined;
}

/** True when the next turn of the loop takes from the very same thing again. */
function sameEachTime(analysis: Analysis, unit: DeclUnit, taken: Operation): boolean {
  const { path, func } = taken;
  const written = analysis.writtenPaths(unit, func);
  const [root] = pathName(path).split('.');
  if (typeof path.root !== 'string' && (path.root.writes.length > 0 || path.root.addressTaken)) return false;
  if (
    typeof path.root !== 'string' &&
    path.root.func === func &&
    path.root.role !== 'param' &&
    path.root.role !== 'recv'
  ) {
    const loop = ancestor(analysis.parents(unit), taken.node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt');
    if (!loop || contains(loop, path.root.decl)) return false;
  }
  let prefix = root as string;
  for (const field of path.fields) {
    prefix += `.${field}`;
    if (written.has(prefix)) return false;
  }
  return path.fields.length <= 1;
}
