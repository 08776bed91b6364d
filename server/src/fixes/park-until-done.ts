/** Lets `select {}` end with a context or channel. */
import type { SelectStmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { doneReturn } from './done-return.ts';
import { insertAfterStatement } from './insert-statement.ts';
import { endsFunction } from './jumps.ts';
import { replaceNode } from './replace-expr.ts';

/**
 * `<-done` in the place of `select {}`, and a `return` where the function must not go on behind it, or owes a result.
 * @param done Go expression of a channel, e.g. `ctx.Done()`; it must be in scope there
 * @returns undefined when the function's results leave no right answer
 */
export function parkUntilDone(unit: DeclUnit, select: SelectStmt, done: string): FileEdit[] | undefined {
  const wait = replaceNode(unit, select, `<-${done}`);
  if (endsFunction(unit, select)) return wait;
  const leave = doneReturn(unit, select, done);
  return leave === undefined ? undefined : combine(wait, insertAfterStatement(unit, select, leave));
}
