/** Source lines with an underlined range, for a terminal. */
import type { Range } from '../engine/finding.ts';
import type { SourceText } from './sources.ts';
import type { Style } from './style.ts';

const CONTEXT_LINES = 2;
const TAB_WIDTH = 4;
/** Columns of a line that are shown; longer lines are cut around the finding. */
const MAX_WIDTH = 140;
/** UTF-16 units of a line that are read, from a window's width before the finding on; a line can have megabytes. */
const MAX_READ = 2000;

/** Lines around a range with line numbers and a marker below the range's first line. */
export function codeFrame(source: SourceText, range: Range, style: Style, context = CONTEXT_LINES): string[] {
  const { line } = range.start;
  const first = Math.max(0, line - context);
  const last = Math.min(source.lines.lineCount - 1, line + context);
  const gutter = Math.max(4, String(last + 1).length);
  const start = Math.max(0, range.start.character - MAX_READ / 2);
  const read = (i: number): Expanded => expand(source.line(i).slice(start, start + MAX_READ));
  const shown = read(line);
  const from = shown.columns[range.start.character - start] ?? shown.width;
  const endCharacter = range.end.line === line ? range.end.character : source.line(line).length;
  const to = Math.max(from + 1, shown.columns[endCharacter - start] ?? shown.width);
  const skip = from < MAX_WIDTH - 20 ? 0 : from - 40;
  const frame: string[] = [];
  for (let i = first; i <= last; i++) {
    const number = String(i + 1).padStart(gutter);
    const text = clip(i === line ? shown : read(i), skip);
    if (i !== line) {
      // An empty line at the edge of the frame shows nothing.
      if (text !== '' || (i !== first && i !== last)) frame.push(style.dim(`  ${number} | ${text}`.trimEnd()));
      continue;
    }
    frame.push(`${style.red('>')} ${style.dim(`${number} |`)} ${text}`.trimEnd());
    const room = MAX_WIDTH - (from - skip);
    const marker = '^' + '~'.repeat(Math.max(0, Math.min(to - from, room) - 1));
    frame.push(`  ${style.dim(`${' '.repeat(gutter)} |`)} ${' '.repeat(from - skip)}${style.red(marker)}`);
  }
  return frame;
}

interface Expanded {
  /** What is printed, as cells: one entry per character with its width. */
  cells: { text: string; width: number }[];
  /** Display column of each UTF-16 index of the source line. */
  columns: number[];
  width: number;
}

/** Tabs to spaces, unsafe characters to escapes, and where each character lands. */
function expand(line: string): Expanded {
  const cells: Expanded['cells'] = [];
  const columns: number[] = [];
  let width = 0;
  for (const character of line) {
    for (let i = 0; i < character.length; i++) columns.push(width);
    const text = character === '\t' ? ' '.repeat(TAB_WIDTH - (width % TAB_WIDTH)) : printable(character);
    const cellWidth = text === character ? widthOf(character) : text.length;
    cells.push({ text, width: cellWidth });
    width += cellWidth;
  }
  columns.push(width);
  return { cells, columns, width };
}

function clip({ cells }: Expanded, skip: number): string {
  let text = '';
  let column = 0;
  for (const cell of cells) {
    if (column >= skip + MAX_WIDTH) return `${text} …`;
    if (column >= skip) text += cell.text;
    column += cell.width;
  }
  return text.trimEnd();
}

/** Controls, and characters that reorder or hide text, as escapes: a source file must not drive the terminal. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text that is safe to print on one line. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Terminal cells of a character. */
function widthOf(character: string): number {
  if (character < '\u0300') return 1;
  if (/^\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
