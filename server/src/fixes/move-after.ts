/** Moves a statement down. */
import type { Stmt } from '../syntax/ast.ts';
import type { TextEdit } from '../engine/finding.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { insertAfterStatement, insertBeforeStatement } from './insert-statement.ts';
import { deleteStatement } from './move-statement.ts';
import { rawStrings } from './indent.ts';
import { indentAt, isFirstOnLine, isLastOnLine } from './source-lines.ts';
import { StatementSite } from './statement-site.ts';

/**
 * Moves a statement, with the comments above and behind it, behind a later one of the same block.
 * @returns undefined when the two are not in one block in that order, when the statement shares its lines or has a raw string
 * in several, or when it declares something
 */
export function moveStatementAfter(unit: DeclUnit, stmt: Stmt, target: Stmt): TextEdit[] | undefined {
  const [from, to] = [StatementSite.of(unit, stmt), StatementSite.of(unit, target)];
  if (!from || !to || from.list.owner !== to.list.owner || to.index <= from.index) return undefined;
  if (from.item !== stmt || !/^(?:Expr|Send|Defer)Stmt$/.test(stmt.kind)) return undefined;
  const { text } = unit.file;
  const [start, end] = [unit.base + stmt.start, unit.base + stmt.end];
  if (from.shares || !isFirstOnLine(text, start) || !isLastOnLine(text, end)) return undefined;
  if (rawStrings(unit).some((raw) => start <= raw.start && raw.end <= end)) return undefined;
  const indent = indentAt(text, start);
  const lines = text.slice(from.top, from.bottom).split(/\r?\n/);
  const moved = lines.map((l) => (l.startsWith(indent) ? l.slice(indent.length) : l.trimStart())).join('\n');
  return combine(deleteStatement(unit, stmt), insertAfterStatement(unit, target, moved));
}

/**
 * Replaces a statement by another one in front of a later statement, which the comments above and behind it go along with.
 * @param text Go source of the statement that is put there
 * @returns undefined when the statement shares its lines
 */
export function moveBeforeAs(unit: DeclUnit, stmt: Stmt, target: Stmt, text: string): TextEdit[] | undefined {
  const site = StatementSite.of(unit, stmt);
  if (!site || site.shares || site.item !== stmt || stmt.end > target.start) return undefined;
  const source = unit.file.text;
  const [above, behind] = [
    source.slice(site.top, unit.base + stmt.start),
    source.slice(unit.base + stmt.end, site.bottom),
  ];
  const lines = `${above}${text}${behind}`.split(/\r?\n/).map((l) => l.trimStart());
  return combine(deleteStatement(unit, stmt), insertBeforeStatement(unit, target, lines.join('\n')));
}
