/** Values that can be used after the function that declares their variable has returned. */
import type { LocalObject, Node } from '../syntax/ast.ts';
import { ancestor, isFunc, type ParentMap } from './parents.ts';

/**
 * True when a mention lets the variable's value live on: it is captured by a literal, passed to a goroutine, assigned,
 * returned, sent, or put into a composite value. What a call does with its arguments is not looked at.
 */
export function leavesFunction(parents: ParentMap, object: LocalObject, use: Node): boolean {
  if (ancestor(parents, use, (n) => n.kind === 'GoStmt' || isFunc(n)) !== object.func) return true;
  const p = parents.get(use);
  switch (p?.kind) {
    case 'AssignStmt':
      return p.rhs.some((r) => r === use);
    case 'ReturnStmt':
    case 'KeyValueExpr':
    case 'CompositeLit':
    case 'SendStmt':
      return true;
    default:
      return false;
  }
}
