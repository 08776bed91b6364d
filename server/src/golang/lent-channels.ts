/** Channels that a method gives to somebody who only receives from them. */
import type { CallExpr, Node } from '../syntax/ast.ts';
import type { ParentMap } from './parents.ts';

/** True for `<-w.Changes()`, `range w.Changes()`, and a variable of the function that takes the channel for nothing else. */
export function isReceivedHere(parents: ParentMap, call: CallExpr): boolean {
  if (isReceive(parents, call)) return true;
  const stmt = parents.get(call);
  const target = stmt?.kind === 'AssignStmt' && stmt.op === ':=' && stmt.rhs.length === 1 ? stmt.lhs[0] : undefined;
  const object =
    target?.kind === 'Ident' && stmt?.kind === 'AssignStmt' && stmt.lhs.length === 1 ? target.obj : undefined;
  return object !== undefined && !object.captured && object.uses.every((use) => isReceive(parents, use));
}

function isReceive(parents: ParentMap, x: Node): boolean {
  const user = parents.get(x);
  return (user?.kind === 'UnaryExpr' && user.op === '<-') || (user?.kind === 'RangeStmt' && user.x === x);
}
