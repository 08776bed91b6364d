/** Variables that hold what others hold too, and not a value that the function has just made. */
import type { Expr } from '../syntax/ast.ts';
import { declaredWith } from './fresh-values.ts';
import { baseIdent, unparen } from './walk.ts';

/** Variables that are followed to what they are taken from. */
const MAX_NAMES = 4;

/** True for what is reached from the receiver, a parameter or a variable of the package, by fields, elements and methods. */
export function isShared(expr: Expr, depth = 0): boolean {
  const root = baseIdent(expr);
  if (!root?.obj) return root !== undefined;
  const { role, declNode, writes } = root.obj;
  if (role === 'recv' || role === 'param') return true;
  if (depth >= MAX_NAMES) return false;
  if (declNode.kind === 'RangeStmt') return isShared(declNode.x, depth + 1);
  const value = role === 'local' && writes.length === 0 ? declaredWith(root.obj) : undefined;
  if (value === undefined || value === 'zero') return false;
  const x = unparen(value);
  // What a function without a receiver gives may be new.
  if (x.kind === 'CallExpr')
    return x.fun.kind === 'SelectorExpr' && isOfVariable(x.fun.x) && isShared(x.fun.x, depth + 1);
  return x.kind !== 'CompositeLit' && isShared(x, depth + 1);
}

function isOfVariable(expr: Expr): boolean {
  return baseIdent(expr)?.obj !== undefined;
}
