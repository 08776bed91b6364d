/** The nodes of a declaration by kind, found in one walk that all rules share and that is kept with the tree. */
import type { Decl, Node } from '../syntax/ast.ts';
import { forEachChild } from './walk.ts';

type ByKind = ReadonlyMap<Node['kind'], readonly Node[]>;

const indexes = new WeakMap<Decl, ByKind>();

/** Every node of one kind below a declaration, function literals included, in pre-order. */
export function nodesOfKind<K extends Node['kind']>(decl: Decl, kind: K): readonly Extract<Node, { kind: K }>[] {
  let index = indexes.get(decl);
  if (!index) indexes.set(decl, (index = build(decl)));
  return (index.get(kind) ?? NONE) as readonly Extract<Node, { kind: K }>[];
}

const NONE: readonly Node[] = [];

function build(decl: Decl): ByKind {
  const index = new Map<Node['kind'], Node[]>();
  // Not `walk`, which the first rule to ask would be charged for.
  const visit = (n: Node): void => {
    const list = index.get(n.kind);
    if (list) list.push(n);
    else index.set(n.kind, [n]);
    forEachChild(n, visit);
  };
  visit(decl);
  return index;
}
