/** Silences one finding with a `//hygiene:ignore` comment. */
import type { TextEdit } from '../engine/finding.ts';
import { eolOf, indentAt, lineEnd, lineStart } from './source-lines.ts';
import { insertion } from './statement-site.ts';

/** Comments, strings and runes. */
const OPAQUE = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*(?:`|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const DIRECTIVE = /^\/\/hygiene:ignore[ \t]+([\w,-]+)/;

/**
 * A comment that silences `rule` at `offset`: a line of its own above the line of the finding. Where that line begins
 * inside a raw string or comment, the comment goes behind the code of the line instead; where the line also ends in one,
 * above the line where that string begins.
 *
 * A directive that stands there already gets the rule added to its list.
 * @param text the whole file
 * @param offset start of the finding
 * @param reason what stands for the reason until the author writes one
 * @returns no edits when the rule is silenced there already
 */
export function suppressionEdits(
  text: string,
  offset: number,
  rule: string,
  reason = 'explain why this is safe',
): TextEdit[] {
  const start = lineStart(text, offset);
  const existing = directiveFor(text, start);
  if (existing) {
    const rules = existing.rules.split(',');
    return rules.includes(rule) ? [] : [insertion(existing.end, `,${rule}`)];
  }
  const comment = `//hygiene:ignore ${rule} ${reason}`;
  const around = spanAt(text, start);
  if (!around) return [insertion(start, ownLine(text, start, comment))];
  const end = lineEnd(text, offset);
  const trailing = spanAt(text, end);
  if (!trailing) return [insertion(end, ` ${comment}`)];
  const top = lineStart(text, around.start);
  return [insertion(top, ownLine(text, top, comment))];
}

/** The line to put above the line that starts at `start`. */
function ownLine(text: string, start: number, comment: string): string {
  const eol = eolOf(text);
  const indent = indentAt(text, start);
  const first = text[start + indent.length] ?? '';
  // Above `} else if …` gofmt counts a comment to the block that ends there.
  if (first === '}' || first === ')') return `${indent}\t${comment}${eol}`;
  // In a doc comment gofmt wants a blank comment line between prose and directives.
  const above = start === 0 ? '' : text.slice(lineStart(text, start - 1), lineEnd(text, start - 1));
  const separator = indent === '' && /^\/\/(?![a-z0-9]+:[a-z0-9])\s*\S/.test(above) ? `//${eol}` : '';
  return `${separator}${indent}${comment}${eol}`;
}

/** A directive on the line that starts at `start`, or in the comment lines directly above. */
function directiveFor(text: string, start: number): { rules: string; end: number } | undefined {
  for (const match of text.slice(start, lineEnd(text, start)).matchAll(OPAQUE)) {
    const found = directiveAt(match[0], start + match.index);
    if (found) return found;
  }
  for (let at = start; at > 0;) {
    at = lineStart(text, at - 1);
    const indent = indentAt(text, at);
    const line = text.slice(at + indent.length, lineEnd(text, at));
    if (!line.startsWith('//')) return undefined;
    const found = directiveAt(line, at + indent.length);
    if (found) return found;
  }
  return undefined;
}

function directiveAt(comment: string, offset: number): { rules: string; end: number } | undefined {
  const match = DIRECTIVE.exec(comment);
  return match ? { rules: match[1] as string, end: offset + match[0].length } : undefined;
}

/** The comment or string that holds the place between two characters. */
function spanAt(text: string, offset: number): { start: number; end: number } | undefined {
  for (const match of text.matchAll(OPAQUE)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (start >= offset) return undefined;
    // A line comment also covers its own end: text put there would become part of it.
    if (offset < end || (offset === end && match[0].startsWith('//'))) return { start, end };
  }
  return undefined;
}
