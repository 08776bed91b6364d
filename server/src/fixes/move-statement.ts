/** Moves and deletes whole statements, with the comments that belong to them. */
import type { Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { walk } from '../golang/walk.ts';
import { combine } from './apply.ts';
import { rawStrings } from './indent.ts';
import { insertBeforeStatement } from './insert-statement.ts';
import { indentAt, isFirstOnLine, isLastOnLine, lineEnd, lineStart, nextLine } from './source-lines.ts';
import { placeInList, StatementSite } from './statement-site.ts';

/**
 * Deletes a statement: its lines with the comments directly above and behind it, or its part of a shared line.
 * @returns undefined when it is no element of a block, or comments share its line in a way that leaves their place open
 */
export function deleteStatement(unit: DeclUnit, stmt: Stmt): FileEdit[] | undefined {
  const site = StatementSite.of(unit, stmt);
  if (!site || site.item !== stmt) return undefined;
  return site.shares ? deleteFromLine(unit, stmt) : [deleteLines(unit.file, site.top, site.bottom)];
}

/** Lines of a statement; and the blank line below when a blank line or a `{` stands above, as gofmt would. */
function deleteLines(file: SourceFile, top: number, bottom: number): FileEdit {
  const { text } = file;
  const above = text.slice(lineStart(text, top - 1), lineEnd(text, top - 1)).trim();
  let end = nextLine(text, bottom);
  const isBlank = text.slice(end, lineEnd(text, end)).trim() === '';
  if (isBlank && (above === '' || above.endsWith('{'))) end = nextLine(text, end);
  return { file, start: top, end, newText: '' };
}

/** `{ a; b }` without `a` is `{ b }`, without both `{}`. */
function deleteFromLine(unit: DeclUnit, stmt: Stmt): FileEdit[] | undefined {
  const place = placeInList(unit, stmt);
  if (!place) return undefined;
  const { list, index } = place;
  const [previous, next] = [list.stmts[index - 1], list.stmts[index + 1]];
  const { base, file } = unit;
  if (next) return [{ file, start: base + stmt.start, end: base + next.start, newText: '' }];
  if (previous) return [{ file, start: base + previous.end, end: base + stmt.end, newText: '' }];
  return list.close < 0 ? undefined : [{ file, start: base + list.open, end: base + list.close, newText: '' }];
}

/**
 * Moves a statement with its comments in front of another one that stands earlier in the same function or in a function
 * around it, e.g. `wg.Add(1)` out of the goroutine it counts.
 * @returns undefined when the statement uses a variable that is not declared yet at the target, contains a raw string
 * over several lines, or is a labelled statement
 */
export function moveStatementBefore(unit: DeclUnit, stmt: Stmt, target: Stmt): FileEdit[] | undefined {
  const { base } = unit;
  const { text } = unit.file;
  const [start, end] = [base + stmt.start, base + stmt.end];
  if (stmt.start <= target.start || usesLaterVariable(stmt, target.start)) return undefined;
  if (rawStrings(unit).some((raw) => start <= raw.start && raw.end <= end)) return undefined;
  const site = StatementSite.of(unit, stmt);
  if (!site) return undefined;
  const alone = !site.shares && isFirstOnLine(text, start) && isLastOnLine(text, end);
  const lines = alone ? text.slice(site.top, site.bottom) : text.slice(start, end);
  const moved = insertBeforeStatement(unit, target, unindent(lines, alone ? indentAt(text, start) : ''));
  return combine(moved, deleteStatement(unit, stmt));
}

/** True when the statement mentions a local variable that is declared between the target and itself. */
function usesLaterVariable(stmt: Stmt, target: number): boolean {
  let later = false;
  walk(stmt, (node) => {
    if (node.kind !== 'Ident' || !node.obj) return;
    const { decl } = node.obj;
    if (decl.start >= target && decl.start < stmt.start) later = true;
  });
  return later;
}

function unindent(lines: string, indent: string): string {
  return lines
    .split(/\r?\n/)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n');
}
