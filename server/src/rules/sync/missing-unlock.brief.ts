/** Code during which a lock may be held a little longer: it takes no time, waits for nobody and takes no lock. */
import type { AccessPath } from '../../golang/access-path.ts';
import { accessPath, prefixDepth } from '../../golang/access-path.ts';
import { find } from '../../golang/walk.ts';
import type { CallExpr, Expr, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

const BUILTINS = new Set(['len', 'cap', 'append', 'new', 'make', 'min', 'max']);
const STATEMENTS = new Set(['ReturnStmt', 'BranchStmt', 'AssignStmt', 'IncDecStmt', 'DeclStmt']);

/** True for nodes of a control flow graph that compute next to nothing and then leave the function. */
export function holdsBriefly(context: RuleContext, lock: AccessPath, nodes: ReadonlySet<Node>): boolean {
  return [...nodes].every(
    (node) =>
      (STATEMENTS.has(node.kind) || !node.kind.endsWith('Stmt')) && !find(node, (n) => mayTakeLong(context, lock, n)),
  );
}

function mayTakeLong(context: RuleContext, lock: AccessPath, n: Node): boolean {
  if (n.kind === 'UnaryExpr') return n.op === '<-';
  if (n.kind !== 'CallExpr') return false;
  const callee = context.analysis.callee(context.unit, n);
  if (callee.kind === 'conversion') return false;
  if (callee.kind === 'builtin') return !BUILTINS.has(callee.name);
  // Formatting the owner of the lock may call a method of it that locks.
  return !makesError(context, n) || n.args.some((arg) => isOwner(arg, lock));
}

function isOwner(arg: Expr, lock: AccessPath): boolean {
  const path = accessPath(arg);
  return path !== undefined && prefixDepth(path, lock) !== undefined;
}

/** True for calls that only make an error. */
export function makesError(context: RuleContext, call: CallExpr): boolean {
  const { name } = context.analysis.callee(context.unit, call);
  return name === 'errors.New' || name === 'fmt.Errorf';
}

/** A literal, a variable, or a number with its sign. */
export function isPlainValue(x: Expr): boolean {
  return x.kind === 'BasicLit' || x.kind === 'Ident' || (x.kind === 'UnaryExpr' && x.op === '-' && isPlainValue(x.x));
}
