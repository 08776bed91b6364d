/** Moves lines of code one step to the right, leaving raw strings as they are. */
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { walk } from '../golang/walk.ts';
import { lineEnd, lineStart, nextLine } from './source-lines.ts';

/** Raw string literals of a declaration that span lines, as file offsets. */
export function rawStrings(unit: DeclUnit): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  walk(unit.decl, (node) => {
    if (node.kind === 'BasicLit' && node.value.startsWith('`') && node.value.includes('\n'))
      found.push({ start: unit.base + node.start, end: unit.base + node.end });
  });
  return found;
}

/**
 * One tab at the start of each line that begins between two file offsets and is not blank. Lines that begin inside a
 * raw string belong to its value and stay.
 */
export function indentLines(unit: DeclUnit, start: number, end: number): FileEdit[] {
  const { text } = unit.file;
  const raw = rawStrings(unit);
  const edits: FileEdit[] = [];
  const from = lineStart(text, start);
  for (let at = from < start ? nextLine(text, start) : start; at < end; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() !== '' && !raw.some((r) => r.start < at && at < r.end))
      edits.push(insertionIn(unit.file, at, '\t'));
  }
  return edits;
}
