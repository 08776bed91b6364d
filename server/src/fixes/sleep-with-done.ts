/** Makes a sleep give up when a context is done. */
import type { Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { doneReturn } from './done-return.ts';
import { eolOf, indentAt, isFirstOnLine, layLines, lineEnd } from './source-lines.ts';

/**
 * `time.Sleep(d)` as a `select` between the context and `time.After(d)`.
 * @returns undefined for other statements, and when the function's results leave no right way to give up
 */
export function sleepWithDone(analysis: Analysis, unit: DeclUnit, stmt: Stmt, done: string): FileEdit[] | undefined {
  const call = stmt.kind === 'ExprStmt' && stmt.x.kind === 'CallExpr' ? stmt.x : undefined;
  const duration = call?.args[0];
  const fun = call?.fun;
  if (!call || !duration || fun?.kind !== 'SelectorExpr' || analysis.callee(unit, call).name !== 'time.Sleep')
    return undefined;
  const { text } = unit.file;
  const [start, end] = [unit.base + stmt.start, unit.base + stmt.end];
  const leave = doneReturn(unit, stmt, done);
  if (leave === undefined || !isFirstOnLine(text, start)) return undefined;
  // A comment behind the sleep is about how long it takes.
  const comment = /^[ \t]*\/\/.*$/.exec(text.slice(end, lineEnd(text, end)))?.[0] ?? '';
  const after = `${unit.text(fun.x)}.After(${unit.text(duration)})`;
  const lines = `select {\ncase <-${done}:\n\t${leave}\ncase <-${after}:${comment}\n}`;
  const indent = indentAt(text, start);
  const newText = layLines(lines, indent, eolOf(text)).slice(indent.length);
  return [{ file: unit.file, start, end: end + comment.length, newText }];
}
