/** Ways on which a derived context has ended by itself: its cancel function has nothing left to do. */
import type { Expr, Node } from '../syntax/ast.ts';
import { accessPath, pathKey } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import type { Edge } from './cfg.ts';
import type { Acquisition } from './resources.ts';
import { find, isZero, unparen } from './walk.ts';

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
  const contexts = [parent && unparen(parent), made].filter((x) => x !== undefined);
  return find(edge.clause.comm, (n) => isDoneOf(n, contexts)) !== undefined;
}

/**
 * True for a context that is over when it is made: its deadline is long past or its time is not positive. Such a context has
 * neither a timer nor a place with its parent.
 */
export function isOverAtOnce(analysis: Analysis, a: Acquisition): boolean {
  const made = /^(?:golang\.org\/x\/net\/)?context\.With(Timeout|Deadline)(?:Cause)?$/.exec(a.callee);
  const limit = a.call.args[1] && unparen(a.call.args[1]);
  if (!made || !limit) return false;
  if (made[1] === 'Timeout') return isZero(limit) || isNegative(limit);
  if (limit.kind === 'CompositeLit') return limit.elts.length === 0;
  if (limit.kind !== 'CallExpr') return false;
  const { name, recv } = analysis.callee(a.unit, limit);
  const [first] = limit.args;
  if (/^time\.Unix(?:Milli|Micro)?$/.test(name)) return first !== undefined && (isZero(first) || isNegative(first));
  const from = recv && unparen(recv);
  return (
    name === 'time.Time.Add' &&
    first !== undefined &&
    isNegative(first) &&
    from?.kind === 'CallExpr' &&
    analysis.callee(a.unit, from).name === 'time.Now'
  );
}

/** `-1`, `-time.Minute`, `-5 * time.Second`. */
function isNegative(expr: Expr): boolean {
  const x = unparen(expr);
  if (x.kind === 'BinaryExpr') return x.op === '*' && isNegative(x.x) && isPositive(x.y);
  return x.kind === 'UnaryExpr' && x.op === '-' && isPositive(x.x);
}

/** A number, or a unit of time. */
function isPositive(expr: Expr): boolean {
  const x = unparen(expr);
  if (x.kind === 'BasicLit') return !isZero(x);
  return x.kind === 'SelectorExpr' && x.x.kind === 'Ident' && x.x.name === 'time' && !x.x.obj;
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

function isDoneOf(node: Node, contexts: readonly Expr[]): boolean {
  if (node.kind !== 'UnaryExpr' || node.op !== '<-') return false;
  const call = unparen(node.x);
  if (call.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Done') return false;
  const x = unparen(call.fun.x);
  return contexts.some((c) => isSame(x, c));
}

/** True for two mentions of a variable, or of a field that is reached from one: `cmd.ctx`. */
function isSame(a: Expr, b: Expr): boolean {
  const [path, other] = [accessPath(a), accessPath(b)];
  return path !== undefined && other !== undefined && typeof path.root !== 'string' && pathKey(path) === pathKey(other);
}
