/** Variables and fields reached from one, as rules compare them: `mu`, `s.mu`, `srv.pool.wg`. */
import type { Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { ParentMap } from './parents.ts';
import { spend } from './effort.ts';
import { contains, pathText, unparen, walk } from './walk.ts';

export interface AccessPath {
  /** The variable it starts at; for a package-level variable or an import its name. */
  root: LocalObject | string;
  fields: readonly string[];
}

/** The path an expression denotes; `*x` and `&x` are the path of `x`. Undefined for calls, indices and the like. */
export function accessPath(expr: Expr): AccessPath | undefined {
  const text = pathText(expr);
  if (text === undefined) return undefined;
  let x = unparen(expr);
  while (x.kind !== 'Ident') {
    if (x.kind !== 'SelectorExpr' && x.kind !== 'StarExpr' && x.kind !== 'UnaryExpr') return undefined;
    x = unparen(x.x);
  }
  const [name, ...fields] = text.split('.');
  return { root: x.obj ?? (name as string), fields };
}

/** The path as written in Go. */
export function pathName(path: AccessPath): string {
  return [rootName(path), ...path.fields].join('.');
}

/** A text that is equal for equal paths of one declaration, shadowing considered. */
export function pathKey(path: AccessPath): string {
  spend();
  return typeof path.root === 'string' ? pathName(path) : `${path.root.decl.start}:${pathName(path)}`;
}

/** The path of the same thing seen from a variable that stands for its first `depth` steps (0: for the root). */
export function rebase(path: AccessPath, depth: number, root: LocalObject): AccessPath {
  return { root, fields: path.fields.slice(depth) };
}

/** Number of fields `prefix` has when it leads to `path` (or is it), else undefined. */
export function prefixDepth(prefix: AccessPath, path: AccessPath): number | undefined {
  if (prefix.root !== path.root || prefix.fields.length > path.fields.length) return undefined;
  return prefix.fields.every((f, i) => f === path.fields[i]) ? prefix.fields.length : undefined;
}

/** A place where a path, or something it goes through, is named. */
export interface Mention {
  /** The longest expression that is the path or leads to it, `&` and `*` around it included. */
  expr: Node;
  /** Number of the path's fields it covers. */
  depth: number;
}

/** Every mention of `path` or of a prefix of it inside `within`, function literals included, in source order. */
export function mentions(parents: ParentMap, within: Node, path: AccessPath): Mention[] {
  return rootIdents(within, path)
    .map((ident) => climb(parents, ident, path))
    .filter((m) => contains(within, m.expr));
}

function rootIdents(within: Node, path: AccessPath): Ident[] {
  const { root } = path;
  if (typeof root !== 'string') return root.uses.filter((u) => contains(within, u));
  const found: Ident[] = [];
  walk(within, (n) => {
    if (n.kind === 'Ident' && n.name === root && !n.obj) found.push(n);
    // A field's name is no mention of a variable.
    if (n.kind === 'SelectorExpr' && n.sel.name === root) {
      walk(n.x, (m) => void (m.kind === 'Ident' && m.name === root && !m.obj && found.push(m)));
      return false;
    }
    return undefined;
  });
  return found;
}

function climb(parents: ParentMap, ident: Ident, path: AccessPath): Mention {
  let expr: Node = ident;
  let depth = 0;
  for (let p = parents.get(expr); p; p = parents.get(p)) {
    if (p.kind === 'SelectorExpr') {
      if (p.x !== expr || p.sel.name !== path.fields[depth]) break;
      depth++;
    } else if (p.kind !== 'ParenExpr' && p.kind !== 'StarExpr' && !(p.kind === 'UnaryExpr' && p.op === '&')) break;
    expr = p;
  }
  return { expr, depth };
}

function rootName(path: AccessPath): string {
  return typeof path.root === 'string' ? path.root : path.root.name;
}
