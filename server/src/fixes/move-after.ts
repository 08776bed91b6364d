/** Moves a statement down. */
import type { Stmt } from '../syntax/ast.ts';
import type { TextEdit } from '../engine/finding.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { insertAfterStatement } from './insert-statement.ts';
import { deleteStatement } from './move-statement.ts';
import { indentAt, isFirstOnLine, isLastOnLine } from './source-lines.ts';
import { StatementSite } from './statement-site.ts';

/**
 * Moves a statement of one line, with the comments above and behind it, behind a later one of the same block.
 * @returns undefined when the two are not in one block in that order, when the statement shares its line or has several, or
 * when it declares something
 */
export function moveStatementAfter(unit: DeclUnit, stmt: Stmt, target: Stmt): TextEdit[] | undefined {
  const [from, to] = [StatementSite.of(unit, stmt), StatementSite.of(unit, target)];
  if (!from || !to || from.list.owner !== to.list.owner || to.index <= from.index) return undefined;
  if (from.item !== stmt || (stmt.kind !== 'ExprStmt' && stmt.kind !== 'SendStmt')) return undefined;
  const { text } = unit.file;
  const [start, end] = [unit.base + stmt.start, unit.base + stmt.end];
  if (from.shares || !isFirstOnLine(text, start) || !isLastOnLine(text, end) || text.slice(start, end).includes('\n'))
    return undefined;
  const indent = indentAt(text, start);
  const lines = text.slice(from.top, from.bottom).split(/\r?\n/);
  const moved = lines.map((l) => (l.startsWith(indent) ? l.slice(indent.length) : l.trimStart())).join('\n');
  return combine(deleteStatement(unit, stmt), insertAfterStatement(unit, target, moved));
}
