/** Which lock a path denotes: told apart by the type and field, the package variable, or the shared local variable it is. */
import type { Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import { type AccessPath, accessPath, pathKey, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, inLoop } from '../../golang/parents.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { givenValue } from '../../golang/only-value.ts';
import { unparen } from '../../golang/walk.ts';
import { ELEMENT } from './element-paths.ts';

/** Aliases of aliases that are followed. */
const MAX_ALIASES = 4;

/**
 * - `field`: a field of a value that others may have, too; the same field of another value of the type has the same key
 * - `package`: a package variable, or a field of one
 * - `local`: a variable of a function that its literals share
 * - `linked`: a field of a value that belongs to the one with the other lock, see `lock-links.ts`
 */
export interface LockIdentity {
  kind: 'field' | 'package' | 'local' | 'linked';
  /** Equal for locks that may be the same one. */
  key: string;
}

/**
 * The path with local variables that stand for another path replaced: `p.mu` is `s.pool.mu` after `p := s.pool`.
 * @param until the node for which alone it has to hold: what it goes through may be assigned to once control is past that
 * @returns undefined when the path may denote different locks within the function
 */
export function canonicalPath(
  analysis: Analysis,
  unit: DeclUnit,
  path: AccessPath,
  until?: Node,
): AccessPath | undefined {
  let current = path;
  for (let i = 0; i < MAX_ALIASES; i++) {
    const { root } = current;
    if (typeof root === 'string') break;
    if (root.writes.length > 0 || (root.addressTaken && current.fields.length > 0 && isPointer(analysis, unit, root)))
      return undefined;
    const target = aliasOf(analysis, unit, root);
    if (!target) break;
    current = { root: target.root, fields: [...target.fields, ...current.fields] };
  }
  return isStable(analysis, unit, current, until) ? current : undefined;
}

function isPointer(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  return analysis.objectType(unit, object).kind === 'pointer';
}

/** The path a local pointer is a copy of. */
function aliasOf(analysis: Analysis, unit: DeclUnit, object: LocalObject): AccessPath | undefined {
  const value = valueOf(object);
  if (!value || value.kind === 'StarExpr' || !isPointer(analysis, unit, object)) return undefined;
  const path = accessPath(value);
  return path && (typeof path.root !== 'string' || path.fields.length > 0 || isPackageVariable(unit, path.root))
    ? path
    : undefined;
}

/** What a declaration gives a local variable, when it is given one value of its own. */
function valueOf({ role, declNode, decl }: LocalObject): Expr | undefined {
  const value = role === 'local' ? givenValue(declNode, decl) : undefined;
  return value && unparen(value);
}

/** True when nothing the path goes through is assigned to in the declaration, or not before a node is over. */
function isStable(analysis: Analysis, unit: DeclUnit, path: AccessPath, until?: Node): boolean {
  if (unit.decl.kind !== 'FuncDecl') return false;
  const written = analysis.writtenPaths(unit, unit.decl);
  return path.fields.slice(0, -1).every((_, i) => {
    // A list that others are put into is still one of the same value.
    if (path.fields[i + 1] === ELEMENT) return true;
    const prefix = pathName({ root: path.root, fields: path.fields.slice(0, i + 1) });
    return !written.has(prefix) || (until !== undefined && isWrittenLater(analysis, unit, prefix, until));
  });
}

/** True when all that writes a path are assignments which control only comes to after a node: `t.node.drop(t); t.node = nil`. */
function isWrittenLater(analysis: Analysis, unit: DeclUnit, path: string, node: Node): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, node);
  if (inLoop(parents, node)) return false;
  const isNamed = (x: Expr): boolean => unit.text(unparen(x)) === path;
  // Of what takes the address nobody knows when it writes.
  if (nodesOfKind(unit.decl, 'UnaryExpr').some((n) => n.op === '&' && isNamed(n.x))) return false;
  if (nodesOfKind(unit.decl, 'RangeStmt').some((n) => [n.key, n.value].some((e) => e && isNamed(e)))) return false;
  return nodesOfKind(unit.decl, 'AssignStmt')
    .filter((stmt) => stmt.lhs.some(isNamed))
    .every((stmt) => stmt.start > node.end && enclosingFunc(parents, stmt) === func);
}

/** Which lock a canonical path denotes; undefined when nothing can be said about who shares it. */
export function identityOf(analysis: Analysis, unit: DeclUnit, path: AccessPath): LockIdentity | undefined {
  const { root, fields } = path;
  // Which element it is differs from one function to the next.
  if (fields.includes(ELEMENT)) return undefined;
  const rest = fields.map((f) => `.${f}`).join('');
  if (typeof root === 'string')
    return isPackageVariable(unit, root) ? { kind: 'package', key: `${root}${rest}` } : undefined;
  if (isSharedValue(root)) {
    const t = deref(analysis.objectType(unit, root));
    // A lock that is a parameter itself may be any lock.
    if (t.kind !== 'named' || t.local || t.pkg === 'sync') return undefined;
    return { kind: 'field', key: `(${t.pkg}.${t.name})${rest}` };
  }
  const isOwn = root.role === 'local' && root.captured;
  return isOwn
    ? { kind: 'local', key: `${unit.file.path}:${unit.base + root.decl.start}:${root.name}${rest}` }
    : undefined;
}

/** True for a variable whose value others may have as well: what a function has just made, nobody else can lock. */
export function isSharedValue(object: LocalObject): boolean {
  if (object.role === 'recv' || object.role === 'param' || object.role === 'range') return true;
  const value = valueOf(object);
  return (
    value !== undefined &&
    (value.kind === 'IndexExpr' || value.kind === 'TypeAssertExpr' || (value.kind === 'UnaryExpr' && value.op === '<-'))
  );
}

function isPackageVariable(unit: DeclUnit, name: string): boolean {
  return unit.pkg.member(name)?.declaration.tok === 'var';
}

/** The function that declares the root of a path, when that is a local variable. */
export function ownerOf(path: AccessPath): FuncNode | undefined {
  return typeof path.root === 'string' ? undefined : path.root.func;
}

/** Locks whose `Unlock` is used as a value: when it runs is not known. */
export function unlockedByValue(analysis: Analysis, unit: DeclUnit): Set<string> {
  const parents = analysis.parents(unit);
  const found = new Set<string>();
  for (const x of nodesOfKind(unit.decl, 'SelectorExpr')) {
    if (x.sel.name !== 'Unlock' && x.sel.name !== 'RUnlock') continue;
    const call = parents.get(x);
    const path = call?.kind === 'CallExpr' && call.fun === x ? undefined : accessPath(x.x);
    if (path) found.add(pathKey(path));
  }
  return found;
}
