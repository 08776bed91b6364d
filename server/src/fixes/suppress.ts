/** Silences one finding with a `//hygiene:ignore` comment. */
import type { TextEdit } from '../engine/finding.ts';
import { scanOutline } from '../syntax/outline.ts';
import { eolOf, indentAt, lineEnd, lineStart } from './source-lines.ts';
import { insertion } from './statement-site.ts';

/** Comments, strings and runes. */
const OPAQUE = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*(?:`|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const DIRECTIVE = /^\/\/hygiene:ignore[ \t]+([\w,-]+)/;

/** What a comment speaks for: the line of the finding, the top-level declaration around it, or the file. */
export type SuppressionScope = 'line' | 'declaration' | 'file';

/**
 * A comment that silences `rule` at `offset`: a line of its own above the line of the finding, the declaration, or the package
 * clause. Where the line begins inside a raw string or comment, the comment goes behind the code of the line instead.
 *
 * A directive that stands there already gets the rule added to its list.
 * @param text the whole file
 * @param offset start of the finding
 * @param reason what stands for the reason until the author writes one
 * @returns no edits when the rule is silenced there already, or when the line begins and ends inside strings, so that no
 * comment can speak for it
 */
export function suppressionEdits(
  text: string,
  offset: number,
  rule: string,
  scope: SuppressionScope = 'line',
  reason = 'explain why this is safe',
): TextEdit[] {
  const place = placeOf(text, offset, scope);
  if (place === undefined) return [];
  const start = lineStart(text, place);
  const existing = directiveFor(text, start);
  if (existing) {
    const rules = existing.rules.split(',');
    return rules.includes(rule) ? [] : [insertion(existing.end, `,${rule}`)];
  }
  const comment = `//hygiene:ignore ${rule} ${reason}`;
  if (!isInsideSpan(text, start)) return [insertion(start, ownLine(text, start, comment))];
  const end = lineEnd(text, offset);
  return isInsideSpan(text, end) ? [] : [insertion(end, ` ${comment}`)];
}

/** Undefined where there is nothing of that kind. */
function placeOf(text: string, offset: number, scope: SuppressionScope): number | undefined {
  if (scope === 'line') return offset;
  const { decls, packageStart } = scanOutline(text);
  if (scope === 'declaration') return decls.find((d) => d.base <= offset && offset < d.end)?.base;
  return packageStart < 0 ? undefined : packageStart;
}

/** The line to put above the line that starts at `start`. */
function ownLine(text: string, start: number, comment: string): string {
  const eol = eolOf(text);
  const indent = indentAt(text, start);
  const first = text[start + indent.length] ?? '';
  // Above `} else if …` gofmt counts a comment to the block that ends there.
  if (first === '}' || first === ')') return `${indent}\t${comment}${eol}`;
  return `${indent === '' ? separator(text, start, eol) : ''}${indent}${comment}${eol}`;
}

/** What gofmt wants above the first directive of a top-level declaration that starts at `start`. */
function separator(text: string, start: number, eol: string): string {
  const above = start === 0 ? '' : text.slice(lineStart(text, start - 1), lineEnd(text, start - 1));
  if (above.trim() === '' || /^\/\/[a-z0-9]+:[a-z0-9]/.test(above)) return '';
  // Prose and directives of one comment have an empty comment line between them; a comment below code, a blank line.
  return above.startsWith('//') ? (above === '//' ? '' : `//${eol}`) : eol;
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

/** True when the place between two characters belongs to a comment or string. */
function isInsideSpan(text: string, offset: number): boolean {
  for (const match of text.matchAll(OPAQUE)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (start >= offset) return false;
    // A line comment also covers its own end: text put there would become part of it.
    if (offset < end || (offset === end && match[0].startsWith('//'))) return true;
  }
  return false;
}
