/** Questions about nodes that only tests ask. */
import type { Expr, Node } from '../../src/syntax/ast.ts';

const VALUES = new Set<Node['kind']>([
  'Ident',
  'CompositeLit',
  'SelectorExpr',
  'IndexExpr',
  'SliceExpr',
  'TypeAssertExpr',
  'CallExpr',
  'StarExpr',
  'UnaryExpr',
  'BinaryExpr',
]);

/** True for the kinds of nodes that can denote a value, literals of functions and basic types left out. */
export function isExpr(node: Node): node is Expr {
  return VALUES.has(node.kind);
}
