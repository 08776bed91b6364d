/** Parent links of a declaration's tree, built once per tree and kept beside it. */
import type { Decl, FuncNode, Node, Stmt } from '../syntax/ast.ts';
import { spend } from './effort.ts';
import { nodesOfKind } from './node-index.ts';
import { contains, forEachChild } from './walk.ts';

export type ParentMap = ReadonlyMap<Node, Node>;

const maps = new WeakMap<Decl, ParentMap>();

/** Parent of every node below `decl`. */
export function parentsOf(decl: Decl): ParentMap {
  let map = maps.get(decl);
  if (!map) {
    const m = new Map<Node, Node>();
    let parent: Node = decl;
    const visit = (node: Node): void => {
      m.set(node, parent);
      const before = parent;
      parent = node;
      forEachChild(node, visit);
      parent = before;
    };
    forEachChild(decl, visit);
    maps.set(decl, (map = m));
  }
  return map;
}

/** Nearest ancestor (the node itself excluded) for which `test` holds. */
export function ancestor<T extends Node>(parents: ParentMap, node: Node, test: (n: Node) => n is T): T | undefined;
export function ancestor(parents: ParentMap, node: Node, test: (n: Node) => boolean): Node | undefined;
export function ancestor(parents: ParentMap, node: Node, test: (n: Node) => boolean): Node | undefined {
  for (let n = parents.get(node); n; n = parents.get(n)) {
    spend();
    if (test(n)) return n;
  }
  return undefined;
}

/** The innermost function (declaration or literal) around a node. */
export function enclosingFunc(parents: ParentMap, node: Node): FuncNode | undefined {
  return ancestor(parents, node, isFunc);
}

export function isFunc(node: Node): node is FuncNode {
  return node.kind === 'FuncLit' || node.kind === 'FuncDecl';
}

const STATEMENTS = new Set<Node['kind']>([
  'BlockStmt',
  'ExprStmt',
  'SendStmt',
  'IncDecStmt',
  'AssignStmt',
  'GoStmt',
  'DeferStmt',
  'ReturnStmt',
  'BranchStmt',
  'IfStmt',
  'SwitchStmt',
  'TypeSwitchStmt',
  'SelectStmt',
  'ForStmt',
  'RangeStmt',
  'LabeledStmt',
  'DeclStmt',
  'EmptyStmt',
  'BadStmt',
]);

export function isStmt(node: Node): node is Stmt {
  return STATEMENTS.has(node.kind);
}

/** The innermost statement that contains `node` (or is it), without leaving the function around it. */
export function enclosingStmt(parents: ParentMap, node: Node): Stmt | undefined {
  for (let n: Node | undefined = node; n; n = parents.get(n)) {
    if (isStmt(n)) return n;
    if (isFunc(n)) return undefined;
  }
  return undefined;
}

/** True when a loop lies between `node` and the function around it, or a `goto` leads back over it. */
export function inLoop(parents: ParentMap, node: Node): boolean {
  let n = parents.get(node);
  for (; n && !isFunc(n); n = parents.get(n)) if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') return true;
  return n !== undefined && goesBackOver(parents, n, node);
}

function goesBackOver(parents: ParentMap, func: Node, node: Node): boolean {
  let root = func;
  for (let up = parents.get(root); up; up = parents.get(up)) root = up;
  const labels = nodesOfKind(root as Decl, 'LabeledStmt').filter((l) => l.start <= node.start && contains(func, l));
  return (
    labels.length > 0 &&
    nodesOfKind(root as Decl, 'BranchStmt').some(
      ({ tok, label, start, end }) =>
        tok === 'goto' && node.start < start && end <= func.end && labels.some((l) => l.label.name === label?.name),
    )
  );
}
