/** Ways on which a derived context has ended by itself: its cancel function has nothing left to do. */
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';
import type { Edge } from './cfg.ts';
import type { Acquisition } from './resources.ts';
import { find, unparen } from './walk.ts';

/**
 * True for the arm of a `select` that has received from `Done()` of the context which an acquisition has made, or of the one
 * that it was made from; and for the branch on which an error says that a context is over.
 */
export function isEndedOn(a: Acquisition, edge: Edge): boolean {
  if (!/(?:^|\/)context\.With/.test(a.origin)) return false;
  if (edge.cond) return tellsOfEnd(edge.cond, edge.kind === 'true');
  if (edge.clause?.kind !== 'CommClause' || !edge.clause.comm) return false;
  const [parent] = a.call.args;
  const made = a.stmt?.kind === 'AssignStmt' ? a.stmt.lhs[0] : undefined;
  const contexts = [parent && unparen(parent), made].flatMap((x) => (x?.kind === 'Ident' && x.obj ? [x.obj] : []));
  return contexts.length > 0 && find(edge.clause.comm, (n) => isDoneOf(n, contexts)) !== undefined;
}

/** True when `err == context.Canceled` or `errors.Is(err, context.DeadlineExceeded)` has the value given. */
function tellsOfEnd(cond: Expr, value: boolean): boolean {
  const x = unparen(cond);
  if (x.kind === 'BinaryExpr' && (x.op === '==' || x.op === '!='))
    return (x.op === '==') === value && (isEndError(x.x) || isEndError(x.y));
  if (x.kind !== 'CallExpr' || !value) return false;
  return x.fun.kind === 'SelectorExpr' && x.fun.sel.name === 'Is' && x.args.some(isEndError);
}

function isEndError(expr: Expr): boolean {
  const x = unparen(expr);
  return (
    x.kind === 'SelectorExpr' &&
    /^(?:Canceled|DeadlineExceeded)$/.test(x.sel.name) &&
    x.x.kind === 'Ident' &&
    x.x.name === 'context'
  );
}

function isDoneOf(node: Node, contexts: readonly LocalObject[]): boolean {
  if (node.kind !== 'UnaryExpr' || node.op !== '<-') return false;
  const call = unparen(node.x);
  if (call.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Done') return false;
  const x = unparen(call.fun.x);
  return x.kind === 'Ident' && x.obj !== undefined && contexts.includes(x.obj);
}
