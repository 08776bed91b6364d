/** The lines that directive comments such as `//hygiene:daemon reason` speak for. */
import type { Directive } from '../syntax/declarations.ts';
import type { SourceFile } from './source-file.ts';

export class DirectiveScopes {
  /** Last line of the declaration that starts on a line. */
  private readonly lastLines = new Map<number, number>();
  private readonly nextLines = new Map<number, number>();

  constructor(private readonly file: SourceFile) {
    const { lines, outline } = file;
    for (const d of outline.decls) {
      const first = lines.position(d.base).line;
      if (!this.lastLines.has(first)) this.lastLines.set(first, lines.position(d.end).line);
    }
  }

  /** First and last line, 0-based. */
  of(directive: Directive): [number, number] {
    const own = this.file.lines.position(directive.start).line;
    if (!directive.ownLine) return [own, own];
    const { packageStart } = this.file.outline;
    if (packageStart >= 0 && directive.start < packageStart) return [0, Infinity];
    const next = this.nextCodeLine(own);
    return [own, this.lastLines.get(next) ?? next];
  }

  /**
   * The first line after `line` that is neither blank nor a line comment; the line before a blank one when that comes
   * first, and the last line when nothing else comes. Lines passed on the way have the same answer.
   */
  private nextCodeLine(line: number): number {
    const { lines, text } = this.file;
    let n = line;
    let known: number | undefined;
    while ((known = this.nextLines.get(n)) === undefined && ++n < lines.lineCount) {
      const content = text.slice(lines.lineStart(n), lines.lineStart(n + 1)).trim();
      if (content.startsWith('//')) continue;
      known = content === '' ? n - 1 : n;
      break;
    }
    const next = known ?? n - 1;
    for (let passed = line; passed < n; passed++) this.nextLines.set(passed, next);
    return next;
  }
}
