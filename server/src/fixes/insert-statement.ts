/** Puts statements before, after or inside others. Text is Go source without indentation, lines separated by `\n`. */
import type { BlockStmt, CaseClause, CommClause, Stmt } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { tidyEdits } from './apply.ts';
import { splitColumn } from './comment-columns.ts';
import { eolOf, isLastOnLine, layLines, lineEnd } from './source-lines.ts';
import { listIndent, listOf, ownerIndent, StatementSite } from './statement-site.ts';

/**
 * Lines after a statement and the comment behind it. A block on one line is opened up.
 * @returns undefined when the statement is no element of a block or `case` (the `init` of an `if`, say)
 */
export function insertAfterStatement(unit: DeclUnit, stmt: Stmt, text: string): FileEdit[] | undefined {
  const site = StatementSite.of(unit, stmt);
  return site && tidyEdits([...site.edits, ...splitColumn(unit, site.list.stmts, site.index + 1), site.below(text)]);
}

/** Lines before a statement (before its label, too) and the comments directly above it. */
export function insertBeforeStatement(unit: DeclUnit, stmt: Stmt, text: string): FileEdit[] | undefined {
  const site = StatementSite.of(unit, stmt);
  return site && tidyEdits([...site.edits, ...splitColumn(unit, site.list.stmts, site.index), site.above(text)]);
}

/** Lines as the first statements of a block or of the body of a `case`. */
export function insertAtBlockStart(
  unit: DeclUnit,
  block: BlockStmt | CaseClause | CommClause,
  text: string,
): FileEdit[] | undefined {
  const list = listOf(block);
  const source = unit.file.text;
  const eol = eolOf(source);
  const open = unit.base + list.open;
  const first = list.stmts[0];
  if (isLastOnLine(source, open) && (list.close < 0 || lineEnd(source, open) < unit.base + list.close))
    return [insertionIn(unit.file, lineEnd(source, open), eol + layLines(text, listIndent(unit, list), eol))];
  if (first) return insertBeforeStatement(unit, first, text);
  const close = unit.base + list.close;
  if (list.close < 0 || source.slice(open, close).trim() !== '') return undefined;
  const inner = layLines(text, listIndent(unit, list), eol);
  return [{ file: unit.file, start: open, end: close, newText: eol + inner + eol + ownerIndent(unit, list) }];
}
