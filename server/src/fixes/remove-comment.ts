/** Takes a line comment out of a file. */
import type { TextEdit } from '../engine/finding.ts';
import { lineEnd, lineStart, nextLine } from './source-lines.ts';

/**
 * Behind code the comment goes with the space before it; on a line of its own the line goes, and with it an empty comment line
 * above that was to keep it apart from prose.
 * @param text the whole file
 * @param comment UTF-16 offsets of the comment, its slashes included
 */
export function withoutComment(text: string, comment: { start: number; end: number; ownLine: boolean }): TextEdit[] {
  let { start } = comment;
  const end = lineEnd(text, comment.end);
  if (!comment.ownLine) {
    while (/[ \t]/.test(text[start - 1] ?? '')) start--;
    return [{ start, end, newText: '' }];
  }
  start = lineStart(text, start);
  const next = nextLine(text, end);
  const above = start === 0 ? 0 : lineStart(text, start - 1);
  const isLast = !/^[ \t]*\/\//.test(text.slice(next));
  const previous = text.slice(above, start);
  if (isLast && start > 0 && /^[ \t]*\/\/\s*$/.test(previous)) start = above;
  // Of two blank lines, or one at the beginning of the file, one goes as well.
  const isApart = /^[ \t]*(?:\r?\n|$)/.test(previous);
  const isBlank = /^[ \t]*\r?\n/.exec(text.slice(next));
  return [{ start, end: isApart && isBlank ? next + isBlank[0].length : next, newText: '' }];
}
