/** Gives a channel a buffer. */
import type { CallExpr } from '../syntax/ast.ts';
import type { TextEdit } from '../engine/finding.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { unparen } from '../golang/walk.ts';
import { replaceNode } from './replace-expr.ts';
import { insertion } from './statement-site.ts';

/**
 * `make(chan T)` or `make(chan T, 0)` becomes `make(chan T, size)`.
 * @param size Go source of the capacity, `1` or for example `len(items)`
 * @returns undefined for any other call, and for a channel that has another capacity
 */
export function makeBuffered(unit: DeclUnit, call: CallExpr, size = '1'): TextEdit[] | undefined {
  const fun = unparen(call.fun);
  const [type, capacity] = call.args;
  if (fun.kind !== 'Ident' || fun.name !== 'make' || fun.obj || !type || call.args.length > 2) return undefined;
  if (!capacity) return [insertion(unit.base + type.end, `, ${size}`)];
  return capacity.kind === 'BasicLit' && capacity.value === '0' ? replaceNode(unit, capacity, size) : undefined;
}
