/** Lines of a text as gofmt sees them: indentation, line ends, comments that stand above or behind code. */

/** The line end used by a text, judged by its first one. */
export function eolOf(text: string): string {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the end of the line that holds `offset`, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Offset of the first character after the line that holds `offset`, its line end included. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** White space at the start of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === '\t' || text[end] === ' ') end++;
  return text.slice(start, end);
}

/** True when nothing but white space stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** True when behind `offset` there is nothing on the line but white space, a semicolon or comments that end there. */
export function isLastOnLine(text: string, offset: number): boolean {
  return /^[ \t]*;?[ \t]*(?:\/\*(?:(?!\*\/).)*\*\/[ \t]*)*(?:\/\/.*)?$/.test(text.slice(offset, lineEnd(text, offset)));
}

/**
 * Start of the line where the comments begin that stand directly above the line of `offset`, with no blank line
 * between; the start of that line itself when there are none. Only comments that fill whole lines count.
 */
export function attachedStart(text: string, offset: number, floor = 0): number {
  let start = lineStart(text, offset);
  while (start > floor) {
    const above = lineStart(text, start - 1);
    if (above < floor) break;
    const line = text.slice(above, lineEnd(text, above)).trim();
    if (!line.startsWith('//') && !/^\/\*(?:(?!\*\/).)*\*\/$/.test(line)) break;
    start = above;
  }
  return start;
}

/** Puts `indent` before every line of `lines` that is not empty, and joins them with `eol`. */
export function layLines(lines: string, indent: string, eol: string): string {
  return lines
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join(eol);
}
