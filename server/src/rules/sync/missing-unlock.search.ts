/** Locks that are still held on some way out of the function that took them, found on its control flow graph. */
import { type AccessPath, pathKey, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { factsAt } from '../../golang/conditions.ts';
import { isNeverError } from '../../golang/failed-call.ts';
import { ancestor, isFunc, isStmt } from '../../golang/parents.ts';
import { PathEffects, type PathEffect } from '../../golang/path-effects.ts';
import { allUnreleasedPaths, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../../golang/paths.ts';
import { closedElsewhere, type SyncKind } from '../../golang/released-elsewhere.ts';
import { cfgNode } from '../../golang/resources.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { assigns, contains, find } from '../../golang/walk.ts';
import type { BranchStmt, Expr, ExprStmt, Node, ReturnStmt } from '../../syntax/ast.ts';

/** A lock, and a way on which it is not released. */
export interface HeldLock {
  lock: SyncCall;
  stmt: ExprStmt;
  path: UnreleasedPath;
  /** What the function does to the lock elsewhere. */
  effects: ReadonlyMap<Node, PathEffect>;
  /** Calls of its methods in the declaration. */
  calls: readonly SyncCall[];
  /** The search that found the way. */
  search: SearchSpec;
}

const LOCKS: SyncKind = {
  types: new Set(['Mutex', 'RWMutex', 'Locker']),
  open: ['Lock', 'RLock'],
  close: ['Unlock', 'RUnlock'],
};

/** Every lock of a declaration that is held on some way out. */
export function heldLocks(analysis: Analysis, unit: DeclUnit): HeldLock[] {
  const calls = syncCalls(analysis, unit, unit.decl, LOCKS.types);
  const effects = new PathEffects(analysis, { perform: LOCKS.close, open: LOCKS.open });
  const held: HeldLock[] = [];
  for (const lock of calls) {
    const stmt = analysis.parents(unit).get(lock.call);
    if (!LOCKS.open.includes(lock.method) || stmt?.kind !== 'ExprStmt') continue;
    const same = calls.filter((c) => pathKey(c.path) === pathKey(lock.path));
    // TryLock, or one closure that locks for another: a protocol of its own.
    if (same.some((c) => c.method.startsWith('Try')) || unlocksInOtherClosure(same, lock)) continue;
    // It let go of a lock it was called with, and takes it back.
    if (same.find((c) => c.func === lock.func && c.call.start <= lock.call.start)?.method.endsWith('Unlock')) continue;
    const found = heldLock(analysis, unit, lock, stmt, same, effects);
    if (found) held.push(found);
  }
  return held;
}

function unlocksInOtherClosure(same: readonly SyncCall[], lock: SyncCall): boolean {
  const lockers = new Set(same.filter((c) => LOCKS.open.includes(c.method)).map((c) => c.func));
  return same.some((c) => LOCKS.close.includes(c.method) && !lockers.has(c.func) && !contains(lock.func, c.func));
}

function heldLock(
  analysis: Analysis,
  unit: DeclUnit,
  lock: SyncCall,
  stmt: ExprStmt,
  calls: readonly SyncCall[],
  summaries: PathEffects,
): HeldLock | undefined {
  const { func, path } = lock;
  const cfg = analysis.cfg(unit, func);
  const block = cfg.where.get(stmt)?.block;
  if (!block || !cfg.reachable.has(block)) return undefined;
  const parents = analysis.parents(unit);
  const written = analysis.writtenPaths(unit, func);
  const own = new Set(calls.filter((c) => c.func === func).map((c) => cfgNode(cfg.where, parents, c.call)));
  // Once the variable stands for another value, the lock cannot be followed.
  const settles = (effects: { has(n: Node): boolean }) => (n: Node) =>
    effects.has(n) || assignsRoot(n, path) ? 'settled' : 'none';
  const balance: SearchSpec = {
    unit,
    cfg,
    start: stmt,
    effect: settles(own),
    // No control comes to the handling of an error that is always nil.
    settledBy: (e) => e.kind === 'true' && e.cond !== undefined && isNeverError(analysis, unit, e.cond),
    facts: factsAt(unit, parents, stmt, written),
    written,
  };
  // What called functions do to the lock matters only where the function's own calls leave a way open.
  if (!findUnreleasedPath(balance)) return undefined;
  const effects = summaries.nodes(unit, func, path);
  const unlocks = [...effects].filter(([, e]) => e === 'performs').map(([n]) => n);
  // Never unlocked here: taking the lock for somebody else is what the function is for.
  if (unlocks.length === 0 || unlocks.some((n) => n.kind === 'DeferStmt' && n.start < stmt.start)) return undefined;
  // No way from here to an unlock: a function that locks or unlocks as it is told.
  const after = nodesAfter(cfg, stmt);
  if (!unlocks.some((n) => after.has(n))) return undefined;
  const search: SearchSpec = { ...balance, effect: settles(effects) };
  const found = findUnreleasedPath(search);
  if (!found || isCorrelated(analysis, unit, lock, found, unlocks)) return undefined;
  if (found.end === 'again' && !sameEachTime(analysis, unit, lock)) return undefined;
  if (closedElsewhere(analysis, unit, path, LOCKS)) return undefined;
  return { lock, stmt, path: found, effects, calls, search };
}

/** All ways on which the lock is not released, each with an end of its own; undefined when they are not all known. */
export function waysOut(analysis: Analysis, { lock, path, effects, search }: HeldLock): UnreleasedPath[] | undefined {
  const unlocks = [...effects].filter(([, e]) => e === 'performs').map(([n]) => n);
  const ways = allUnreleasedPaths(search, path, endOf);
  return ways?.some((way) => isCorrelated(analysis, search.unit, lock, way, unlocks)) ? undefined : ways;
}

/** The statement with which a way leaves the part of the function that holds the lock. */
export function endOf({ end, node, jump }: UnreleasedPath): ReturnStmt | BranchStmt | undefined {
  if (end === 'return' && node?.kind === 'ReturnStmt') return node;
  return jump?.tok === 'continue' ? jump : undefined;
}

function assignsRoot(node: Node, { root }: AccessPath): boolean {
  return typeof root !== 'string' && assigns(node, root);
}

/**
 * True when the path may not exist because lock and unlock depend on the same thing in a way the search cannot follow:
 * a conditional lock that is unlocked elsewhere, or an unlock that depends on a flag the function sets.
 */
function isCorrelated(
  analysis: Analysis,
  unit: DeclUnit,
  lock: SyncCall,
  found: UnreleasedPath,
  unlocks: readonly Node[],
): boolean {
  const parents = analysis.parents(unit);
  const branch = ancestor(parents, lock.call, (n) => isFunc(n) || isBranch(n));
  if (branch && !isFunc(branch) && !unlocks.every((u) => contains(branch, u))) {
    if (!found.node || !contains(branch, found.node) || found.end === 'again') return true;
  }
  return found.decisions.some((edge) => {
    if (!edge.cond) return false;
    const stmt = ancestor(parents, edge.cond, isStmt);
    if (stmt?.kind !== 'IfStmt' || !dependsOnVariable(edge.cond)) return false;
    return [stmt.body, stmt.else].some((b) => b && !leaves(b) && unlocks.some((u) => contains(b, u)));
  });
}

function isBranch(n: Node): boolean {
  return n.kind === 'IfStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause';
}

/** True when control does not go on behind a block. */
function leaves(block: Node): boolean {
  const last = block.kind === 'BlockStmt' ? block.stmts.at(-1) : undefined;
  return last?.kind === 'ReturnStmt' || last?.kind === 'BranchStmt';
}

function dependsOnVariable(cond: Expr): boolean {
  return find(cond, (n) => n.kind === 'Ident' && n.obj !== undefined && n.obj.writes.length > 0) !== undefined;
}

/** True when the next turn of the loop locks the very same mutex again. */
function sameEachTime(analysis: Analysis, unit: DeclUnit, lock: SyncCall): boolean {
  const { path, func } = lock;
  const written = analysis.writtenPaths(unit, func);
  const [root] = pathName(path).split('.');
  if (typeof path.root !== 'string' && (path.root.writes.length > 0 || path.root.addressTaken)) return false;
  if (
    typeof path.root !== 'string' &&
    path.root.func === func &&
    path.root.role !== 'param' &&
    path.root.role !== 'recv'
  ) {
    const loop = ancestor(analysis.parents(unit), lock.call, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt');
    if (!loop || contains(loop, path.root.decl)) return false;
  }
  let prefix = root as string;
  for (const field of path.fields) {
    prefix += `.${field}`;
    if (written.has(prefix)) return false;
  }
  return path.fields.length <= 1;
}
