/** Moves a statement down. */
import type { Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { insertAfterStatement, insertBeforeStatement } from './insert-statement.ts';
import { deleteStatement } from './move-statement.ts';
import { rawStrings } from './indent.ts';
import { indentAt, isFirstOnLine, isLastOnLine, lineEnd, nextLine } from './source-lines.ts';
import { StatementSite } from './statement-site.ts';

/**
 * Moves a statement, with the comments above and behind it, behind a later one of the same block.
 * @returns undefined when the two are not in one block in that order, when the statement shares its lines or has a raw string
 * in several, or when it declares something
 */
export function moveStatementAfter(unit: DeclUnit, stmt: Stmt, target: Stmt): FileEdit[] | undefined {
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
  const gap = to.index === from.index + 1 ? blankLines(text, from.bottom) : undefined;
  if (!gap) return combine(deleteStatement(unit, stmt), insertAfterStatement(unit, target, moved));
  // What set the statement off from the target sets it off from what follows, and the target joins what stands above.
  const isLast = to.index === to.list.stmts.length - 1;
  const behind = isLast || blankLines(text, to.bottom) ? moved : `${moved}\n`;
  return combine(
    [{ file: unit.file, start: from.top, end: gap, newText: '' }],
    insertAfterStatement(unit, target, behind),
  );
}

/** The end of the blank lines below the line that ends at an offset; undefined when there are none. */
function blankLines(text: string, offset: number): number | undefined {
  const start = nextLine(text, offset);
  let end = start;
  while (end < text.length && text.slice(end, lineEnd(text, end)).trim() === '') end = nextLine(text, end);
  return end > start ? end : undefined;
}

/**
 * Replaces a statement by another one in front of a later statement, which the comments above and behind it go along with.
 * @param text Go source of the statement that is put there
 * @returns undefined when the statement shares its lines
 */
export function moveBeforeAs(unit: DeclUnit, stmt: Stmt, target: Stmt, text: string): FileEdit[] | undefined {
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
