/** Gives a struct more fields, in a block of their own below the others: gofmt aligns neighbours, which then stay as they are. */
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { StructType } from '../syntax/ast.ts';
import { eolOf, indentAt, isFirstOnLine, isLastOnLine, layLines, lineStart } from './source-lines.ts';

/**
 * @param lines the fields, aligned among themselves, `\n` between them
 * @returns undefined for a struct whose layout leaves the place open
 */
export function addStructFields(unit: DeclUnit, struct: StructType, lines: string): FileEdit[] | undefined {
  const { text } = unit.file;
  const eol = eolOf(text);
  const open = unit.base + struct.start + unit.text(struct).indexOf('{');
  const close = unit.base + struct.end - 1;
  const last = struct.fields.at(-1);
  if (isFirstOnLine(text, close) && isLastOnLine(text, open + 1)) {
    const indent = indentAt(text, close);
    const separator = last ? eol : '';
    return [insertionIn(unit.file, lineStart(text, close), `${separator}${layLines(lines, `${indent}\t`, eol)}${eol}`)];
  }
  const inside = text.slice(open + 1, close);
  if (/[\r\n;]|\/[/*]/.test(inside) || struct.fields.length > 1) return undefined;
  const indent = indentAt(text, open);
  const all = last ? `${inside.trim()}\n\n${lines}` : lines;
  // gofmt writes `struct{ n int }`, but `struct {` before a line break.
  const space = text[open - 1] === ' ' ? '' : ' ';
  const newText = `${space}{${eol}${layLines(all, `${indent}\t`, eol)}${eol}${indent}`;
  return [{ file: unit.file, start: open, end: close, newText }];
}
