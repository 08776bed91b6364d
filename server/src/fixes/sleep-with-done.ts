/** Makes a sleep give up when a context is done. */
import type { Stmt } from '../syntax/ast.ts';
import type { TextEdit } from '../engine/finding.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { doneReturn } from './done-return.ts';
import { replaceNode } from './replace-expr.ts';
import { eolOf, indentAt, isFirstOnLine, layLines } from './source-lines.ts';

/**
 * `time.Sleep(d)` as a `select` between the context and `time.After(d)`.
 * @returns undefined for other statements, and when the function's results leave no right way to give up
 */
export function sleepWithDone(analysis: Analysis, unit: DeclUnit, stmt: Stmt, done: string): TextEdit[] | undefined {
  const call = stmt.kind === 'ExprStmt' && stmt.x.kind === 'CallExpr' ? stmt.x : undefined;
  const duration = call?.args[0];
  const fun = call?.fun;
  if (!call || !duration || fun?.kind !== 'SelectorExpr' || analysis.callee(unit, call).name !== 'time.Sleep')
    return undefined;
  const { text } = unit.file;
  const start = unit.base + stmt.start;
  const leave = doneReturn(unit, stmt, done);
  if (leave === undefined || !isFirstOnLine(text, start)) return undefined;
  const lines = `select {\ncase <-${done}:\n\t${leave}\ncase <-${unit.text(fun.x)}.After(${unit.text(duration)}):\n}`;
  const indent = indentAt(text, start);
  return replaceNode(unit, stmt, layLines(lines, indent, eolOf(text)).slice(indent.length));
}
