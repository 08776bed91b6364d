/** Gives a channel a buffer. */
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { unparen } from '../golang/walk.ts';
import { replaceNode } from './replace-expr.ts';
import { leavesNothingUnused } from './unused.ts';

/**
 * `make(chan T)`, `make(chan T, 0)` and one with a smaller number than `size` become `make(chan T, size)`.
 * @param size Go source of the capacity, `1` or for example `len(items)`
 * @param isTooSmall the capacity there is, whatever it is, is known not to be enough
 * @returns undefined for any other call, and for a channel that has another capacity, which may well be enough
 */
export function makeBuffered(unit: DeclUnit, call: CallExpr, size = '1', isTooSmall = false): FileEdit[] | undefined {
  const fun = unparen(call.fun);
  const [type, capacity] = call.args;
  if (fun.kind !== 'Ident' || fun.name !== 'make' || fun.obj || !type || call.args.length > 2) return undefined;
  if (!capacity) return [insertionIn(unit.file, unit.base + type.end, `, ${size}`)];
  const replaces =
    isLess(capacity, size) || (isTooSmall && unit.text(capacity) !== size && leavesNothingUnused(unit, capacity));
  return replaces ? replaceNode(unit, capacity, size) : undefined;
}

/** True for `0`, and for a smaller number than another one. */
function isLess(capacity: Expr, size: string): boolean {
  if (capacity.kind !== 'BasicLit' || !/^\d+$/.test(capacity.value)) return false;
  return capacity.value === '0' || (/^\d+$/.test(size) && Number(capacity.value) < Number(size));
}
