/** Offsets ↔ lines and columns, as the language server protocol counts them. */

const LF = 10;
const CR = 13;

/** Lines end with `\n`, `\r\n` or a lone `\r`. Everything is 0-based and counted in UTF-16 code units. */
export class LineIndex {
  private startsMemo?: number[];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  private get starts(): number[] {
    return (this.startsMemo ??= lineStarts(this.text));
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** Offset of the first character of a line; lines out of range are clamped. */
  lineStart(line: number): number {
    const { starts } = this;
    if (line < 0) return 0;
    return line < starts.length ? (starts[line] as number) : this.text.length;
  }

  /** Position of an offset; offsets out of range are clamped. */
  position(offset: number): { line: number; character: number } {
    const { starts } = this;
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return { line: low, character: at - (starts[low] as number) };
  }

  /** Offset of a position; a column beyond the end of its line means that end, before the line break. */
  offset(line: number, character: number): number {
    if (line < 0) return 0;
    if (line >= this.lineCount) return this.text.length;
    const start = this.lineStart(line);
    let end = this.lineStart(line + 1);
    if (line + 1 < this.lineCount) {
      end--;
      if (end > start && this.text.charCodeAt(end) === LF && this.text.charCodeAt(end - 1) === CR) end--;
    }
    return Math.max(start, Math.min(start + character, end));
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
  }
  return starts;
}
