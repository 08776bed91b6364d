/** Comments behind statements, which gofmt puts below each other as long as there is one on every line. */
import type { Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { isFirstOnLine, lineEnd, lineStart } from './source-lines.ts';

/** A statement on one line with a comment behind it. Offsets are file offsets. */
interface Commented {
  /** Length of the statement, in characters. */
  width: number;
  /** The spaces before the comment. */
  gap: { start: number; end: number };
  /** Start of the line, and of the one below. */
  line: number;
  next: number;
}

/**
 * Moves comments that would not stand below each other any more once a line is put before statement `index` of a list. None are moved where
 * they do not stand the way gofmt puts them.
 */
export function splitColumn(unit: DeclUnit, stmts: readonly Stmt[], index: number): FileEdit[] {
  const above = runFrom(unit, stmts, index - 1, -1).reverse();
  const below = runFrom(unit, stmts, index, 1);
  const [last, first] = [above.at(-1), below[0]];
  if (!last || !first || last.next !== first.line) return [];
  const all = columnOf([...above, ...below]);
  if ([...above, ...below].some(({ width, gap }) => width + gap.end - gap.start !== all)) return [];
  return [above, below].flatMap((run) => {
    const column = columnOf(run);
    return column === all
      ? []
      : run.map(({ width, gap }) => ({ ...gap, file: unit.file, newText: ' '.repeat(column - width) }));
  });
}

function columnOf(run: readonly Commented[]): number {
  return Math.max(...run.map(({ width }) => width)) + 1;
}

/** Statements on lines that follow each other, from one on upwards or downwards, as long as they have comments. */
function runFrom(unit: DeclUnit, stmts: readonly Stmt[], index: number, step: 1 | -1): Commented[] {
  const run: Commented[] = [];
  for (let i = index; ; i += step) {
    const stmt = stmts[i];
    const found = stmt && commented(unit, stmt);
    const last = run.at(-1);
    if (!found || (last && (step > 0 ? last.next !== found.line : found.next !== last.line))) return run;
    run.push(found);
  }
}

function commented(unit: DeclUnit, stmt: Stmt): Commented | undefined {
  const { text } = unit.file;
  const [start, end] = [unit.base + stmt.start, unit.base + stmt.end];
  const code = text.slice(start, end);
  if (/[\n\t]/.test(code) || !isFirstOnLine(text, start)) return undefined;
  const [, spaces] = /^( +)(?:\/\/|\/\*(?:(?!\*\/).)*\*\/$)/.exec(text.slice(end, lineEnd(text, end))) ?? [];
  if (spaces === undefined) return undefined;
  return {
    width: [...code].length,
    gap: { start: end, end: end + spaces.length },
    line: lineStart(text, start),
    next: text.indexOf('\n', end) + 1,
  };
}
