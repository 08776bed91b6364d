/** Makes a statement at the end of a function one that runs on every way out. */
import type { CallExpr, Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { deleteStatement } from './move-statement.ts';
import { indentAt } from './source-lines.ts';
import { StatementSite } from './statement-site.ts';

/**
 * Moves a call statement with its comments to an earlier place, as a `defer`.
 * @param insert makes the edit that puts unindented lines in the new place, e.g. with `insertAtBlockStart`
 * @returns undefined when the statement shares its line with another
 */
export function deferEarlier(
  unit: DeclUnit,
  stmt: Stmt,
  call: CallExpr,
  insert: (lines: string) => FileEdit[] | undefined,
): FileEdit[] | undefined {
  const site = StatementSite.of(unit, stmt);
  if (!site || site.shares || site.item !== stmt) return undefined;
  const { text } = unit.file;
  const at = unit.base + call.start;
  const indent = indentAt(text, at);
  const lines = `${text.slice(site.top, at)}defer ${text.slice(at, site.bottom)}`
    .split(/\r?\n/)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
  return combine(insert(lines), deleteStatement(unit, stmt));
}
