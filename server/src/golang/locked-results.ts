/** Functions that return a value with its lock held, `s := t.shardFor(key)`: whoever calls one has to unlock `s.mu`. */
import type { AssignStmt, CallExpr, Expr, FuncNode, LocalObject, Node, ReturnStmt } from '../syntax/ast.ts';
import { type AccessPath, pathKey } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { nodesAfter } from './cfg-reach.ts';
import { nodesOfKind } from './node-index.ts';
import type { GoPackage } from './package.ts';
import { enclosingFunc, inLoop } from './parents.ts';
import { type Answer, remembered } from './reads.ts';
import { functionsToldByText } from './told-by-text.ts';
import { syncCalls } from './sync-calls.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, flattenFields, isNil, unparen } from './walk.ts';

/** What a caller gets. */
export interface LockedResult {
  /** Which result has the lock, and the fields that lead to it there. */
  index: number;
  fields: readonly string[];
  /** `Mutex` or `RWMutex`. */
  type: string;
  method: 'Lock' | 'RLock';
  /** Where the function returns nil for that result, nothing is locked. */
  mayFail: boolean;
  /** The last result is an error, or a flag, that tells so. */
  tells?: 'error' | 'ok';
}

/** A call that leaves a lock with its caller. */
export interface LockedByCall extends Pick<LockedResult, 'type' | 'method' | 'mayFail'> {
  call: CallExpr;
  stmt: AssignStmt;
  path: AccessPath & { root: LocalObject };
  /** The innermost function around the call. */
  func: FuncNode;
  error?: LocalObject;
  ok?: LocalObject;
}

const LOCKS: ReadonlySet<string> = new Set(['Mutex', 'RWMutex']);
const LOCKS_IN_TEXT = /Lock\(\)/;
/** A variable is returned of which a lock was taken before. */
const KEEPS = /(?<![\w.])(\w+)((?:\.\w+)*)\.R?Lock\(\)(?=[^]*\breturn (?:[^\n]*, )?\1(?:,|$))/gm;

/** Names of functions of a package that seem to return with a lock held. */
export const lockKeepers = functionsToldByText(keepsLock, LOCKS_IN_TEXT);

function keepsLock(text: string): boolean {
  return [...text.matchAll(KEEPS)].some(
    ([, root, fields]) => !new RegExp(`\\b${root}${fields}\\.R?Unlock\\b`).test(text),
  );
}

/** Finds calls of such functions of a package by their text; undefined when it has none. */
export function lockedResultTest(pkg: GoPackage): { inFile(text: string): RegExp | undefined } | undefined {
  const calls = callsOf(pkg);
  return calls && { inFile: (text) => (calls.test(text) ? calls : undefined) };
}

function callsOf(pkg: GoPackage): RegExp | undefined {
  const names = lockKeepers(pkg);
  return names.length > 0 ? new RegExp(`\\b(?:${names.join('|')})\\(`) : undefined;
}

/** Every call of a declaration that leaves the lock of a new variable with it. */
export function locksByCall(analysis: Analysis, unit: DeclUnit): LockedByCall[] {
  const calls = callsOf(unit.pkg);
  if (!calls?.test(unit.text(unit.decl))) return [];
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'CallExpr').flatMap((call): LockedByCall[] => {
    const stmt = parents.get(call);
    if (stmt?.kind !== 'AssignStmt' || stmt.op !== ':=' || stmt.rhs.length !== 1) return [];
    if (!calls.test(`${calledName(call)}(`)) return [];
    const { own } = analysis.callee(unit, call);
    const result = own && lockedResult(analysis, own);
    const root = result && objectOf(stmt.lhs[result.index]);
    const func = enclosingFunc(parents, call);
    if (!root || !func || root.writes.length > 0 || root.declNode !== stmt) return [];
    const { fields, type, method, mayFail, tells } = result;
    const told = tells && objectOf(stmt.lhs.at(-1));
    return [{ call, stmt, path: { root, fields }, func, type, method, mayFail, ...(tells && { [tells]: told }) }];
  });
}

const known = new WeakMap<Analysis, Map<Node, Answer<LockedResult | undefined>>>();

/** What a function returns with a lock held; undefined where it does so only sometimes, or unlocks it as well. */
function lockedResult(analysis: Analysis, f: VisibleFunc): LockedResult | undefined {
  let results = known.get(analysis);
  if (!results) known.set(analysis, (results = new Map()));
  return remembered(results, f.decl, () => compute(analysis, f));
}

function compute(analysis: Analysis, { unit, decl }: VisibleFunc): LockedResult | undefined {
  if (!decl.body || unit.hasError) return undefined;
  const calls = syncCalls(analysis, unit, decl, LOCKS);
  const parents = analysis.parents(unit);
  const results = flattenFields(decl.type.results);
  for (const { call, method, type, path, func } of calls) {
    const { root, fields } = path;
    const stmt = parents.get(call);
    if ((method !== 'Lock' && method !== 'RLock') || func !== decl || stmt?.kind !== 'ExprStmt') continue;
    if (typeof root === 'string' || root.captured || root.addressTaken || inLoop(parents, stmt)) continue;
    if (root.writes.some((w) => w.start > call.start)) continue;
    if (calls.some((c) => c.call !== call && pathKey(c.path) === pathKey(path))) continue;
    const cfg = analysis.cfg(unit, decl);
    const after = nodesAfter(cfg, stmt);
    const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
    const free = freeOf(analysis, unit, decl, stmt);
    const [held, others] = [returns.filter((r) => after.has(r)), returns.filter((r) => !after.has(r))];
    const index = held[0]?.results.findIndex((x) => objectOf(x) === root) ?? -1;
    if (index < 0 || results[index]?.name) continue;
    if (!held.every((r) => objectOf(r.results[index]) === root && !free.has(r))) continue;
    if (!others.every((r) => isNilAt(r, index))) continue;
    const last = results.length > 1 ? results.at(-1) : undefined;
    const isError = last !== undefined && isErrorType(analysis.types.resolve(unit, last.type));
    if (isError && !held.every((r) => isNilAt(r, r.results.length - 1))) continue;
    const isFlag = last !== undefined && !isError && held.every((r) => isWord(r.results.at(-1), 'true'));
    const tells = isError
      ? 'error'
      : isFlag && others.every((r) => isWord(r.results.at(-1), 'false'))
        ? 'ok'
        : undefined;
    return { index, fields, type, method, mayFail: others.length > 0, ...(tells && { tells }) };
  }
  return undefined;
}

/** What control can come to without the lock. */
function freeOf(analysis: Analysis, unit: DeclUnit, func: FuncNode, lock: Node): ReadonlySet<Node> {
  const { entry } = analysis.cfg(unit, func);
  const found = new Set<Node>();
  const seen = new Set([entry]);
  // What is added on the way is visited, too.
  for (const block of seen) {
    const at = block.nodes.indexOf(lock);
    for (const node of at < 0 ? block.nodes : block.nodes.slice(0, at)) found.add(node);
    if (at < 0) for (const { to } of block.succs) seen.add(to);
  }
  return found;
}

function objectOf(x: Expr | undefined): LocalObject | undefined {
  const ident = x && unparen(x);
  return ident?.kind === 'Ident' ? ident.obj : undefined;
}

function isNilAt({ results }: ReturnStmt, index: number): boolean {
  const x = results[index];
  return x !== undefined && isNil(x);
}

function isWord(x: Expr | undefined, word: string): boolean {
  const ident = x && unparen(x);
  return ident?.kind === 'Ident' && ident.name === word && !ident.obj;
}
