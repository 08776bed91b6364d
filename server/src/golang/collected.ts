/**
 * Resources that a function collects in a slice or map of its own, `conns = append(conns, conn)`, and the ways on which the whole
 * collection is dropped: the error of a later turn of the loop leaves open what the turns before have opened.
 */
import type { Analysis } from './analysis.ts';
import { givenValue } from './only-value.ts';
import { ancestor, enclosingFunc } from './parents.ts';
import { type Effect, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from './paths.ts';
import { type Acquisition, cfgNode, releaseSearch } from './resources.ts';
import { contains, isNil, unparen } from './walk.ts';
import type { AssignStmt, Ident, LocalObject, Node } from '../syntax/ast.ts';

export interface DroppedCollection {
  collection: LocalObject;
  /** The statement that puts the resource into it. */
  put: AssignStmt;
  /** A shortest way from the acquisition to where the collection is dropped. */
  path: UnreleasedPath;
  search: SearchSpec;
  /** True when nothing but what is put into it is ever said of the collection before the end of that way. */
  isOnlyFilled: boolean;
}

/**
 * The way on which a function drops a collection of its own with the resource in it. Whatever is said of the collection but what is
 * put into it counts as its release: a loop over it, a test of its length, a mention in a function literal anywhere.
 */
export function droppedCollection(analysis: Analysis, a: Acquisition): DroppedCollection | undefined {
  if (a.destination.kind !== 'variable' || !a.stmt) return undefined;
  const { object } = a.destination;
  if (object.func !== a.func || object.addressTaken) return undefined;
  const parents = analysis.parents(a.unit);
  const put = object.uses.map((use) => putInto(analysis, a, use)).find((p) => p !== undefined);
  if (!put) return undefined;
  const { collection, stmt } = put;
  if (!isOwn(analysis, a, collection)) return undefined;
  const base = releaseSearch(analysis, a);
  // What is dropped before it is put there is told as such.
  if (!base || findUnreleasedPath(base)) return undefined;
  const mentions: Node[] = [];
  for (const use of collection.uses) {
    if (isFilled(analysis, a, use, collection)) continue;
    if (enclosingFunc(parents, use) !== a.func) return undefined;
    const node = cfgNode(base.cfg.where, parents, use);
    if (!node || node.kind === 'DeferStmt') return undefined;
    mentions.push(node);
  }
  // The variable may have another value by then.
  const effect = (node: Node): Effect => {
    if (node === stmt) return 'none';
    return mentions.includes(node) || base.effect(node) === 'settled' ? 'settled' : 'none';
  };
  const search: SearchSpec = { ...base, effect, throughStart: true };
  const path = findUnreleasedPath(search);
  if (path?.end !== 'return') return undefined;
  const end = path.node?.start ?? a.func.end;
  return { collection, put: stmt, path, search, isOnlyFilled: mentions.every((m) => m.start > end) };
}

/** The collection that a mention of the resource goes into: `conns = append(conns, conn)`, `conns[name] = conn`. */
function putInto(
  analysis: Analysis,
  { unit, func }: Acquisition,
  use: Ident,
): { collection: LocalObject; stmt: AssignStmt } | undefined {
  const parents = analysis.parents(unit);
  if (enclosingFunc(parents, use) !== func) return undefined;
  const parent = parents.get(use);
  if (parent?.kind === 'AssignStmt') {
    const target = parent.op === '=' ? parent.lhs[parent.rhs.indexOf(use)] : undefined;
    const x = target?.kind === 'IndexExpr' ? unparen(target.x) : undefined;
    return x?.kind === 'Ident' && x.obj ? { collection: x.obj, stmt: parent } : undefined;
  }
  if (parent?.kind !== 'CallExpr' || parent.args.indexOf(use) < 1) return undefined;
  const callee = analysis.callee(unit, parent);
  const stmt = parents.get(parent);
  const to = parent.args[0] && unparen(parent.args[0]);
  if (callee.kind !== 'builtin' || callee.name !== 'append' || stmt?.kind !== 'AssignStmt' || to?.kind !== 'Ident')
    return undefined;
  const [target, ...others] = stmt.op === '=' ? stmt.lhs : [];
  if (target?.kind !== 'Ident' || others.length > 0 || !to.obj || target.obj !== to.obj) return undefined;
  return { collection: to.obj, stmt };
}

/** True for a slice or map that the function makes empty, and that is there for all turns of the loops around the acquisition. */
function isOwn(analysis: Analysis, a: Acquisition, collection: LocalObject): boolean {
  const { role, addressTaken, func, decl, declNode } = collection;
  if (role !== 'local' || addressTaken || func !== a.func) return false;
  const parents = analysis.parents(a.unit);
  const isLoop = (n: Node): boolean => n.kind === 'ForStmt' || n.kind === 'RangeStmt';
  for (let n = ancestor(parents, a.call, isLoop); n && contains(a.func, n); n = ancestor(parents, n, isLoop))
    if (contains(n, decl)) return false;
  const { kind } = analysis.types.underlying(analysis.objectType(a.unit, collection));
  if (kind !== 'slice' && kind !== 'map') return false;
  if (declNode.kind === 'ValueSpec' && declNode.values.length === 0) return true;
  const given = givenValue(declNode, decl);
  const x = given && unparen(given);
  if (!x || isNil(x)) return x !== undefined;
  if (x.kind === 'CompositeLit') return x.elts.length === 0;
  return x.kind === 'CallExpr' && analysis.callee(a.unit, x).kind === 'builtin' && x.args.length > 0;
}

/** True for a mention by which something is put into the collection, and nothing else is done with it. */
function isFilled(analysis: Analysis, { unit, func }: Acquisition, use: Ident, collection: LocalObject): boolean {
  const parents = analysis.parents(unit);
  if (enclosingFunc(parents, use) !== func) return false;
  const parent = parents.get(use);
  const isSelfAppend = (stmt: Node | undefined): boolean => {
    if (stmt?.kind !== 'AssignStmt' || stmt.op !== '=' || stmt.lhs.length !== 1 || stmt.rhs.length !== 1) return false;
    const [target] = stmt.lhs;
    const call = stmt.rhs[0] && unparen(stmt.rhs[0]);
    const from = call?.kind === 'CallExpr' && call.args[0] ? unparen(call.args[0]) : undefined;
    if (target?.kind !== 'Ident' || target.obj !== collection || call?.kind !== 'CallExpr') return false;
    const { kind, name } = analysis.callee(unit, call);
    return from?.kind === 'Ident' && from.obj === collection && kind === 'builtin' && name === 'append';
  };
  if (parent?.kind === 'AssignStmt') return isSelfAppend(parent);
  if (parent?.kind === 'CallExpr') return parent.args[0] === use && isSelfAppend(parents.get(parent));
  const stmt = parent?.kind === 'IndexExpr' && parent.x === use ? parents.get(parent) : undefined;
  return stmt?.kind === 'AssignStmt' && stmt.op === '=' && stmt.lhs.some((l) => l === parent);
}
