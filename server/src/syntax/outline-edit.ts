/** The outline of a text from that of the version before: most edits are inside one function body. */
import type { Declaration, ImportDecl, Outline } from './declarations.ts';
import { scanFunction, scanOutline } from './outline.ts';

/** Texts are compared in pieces of that many characters first. */
const PIECE = 1024;

/**
 * Outlines a Go file, the same as `scanOutline` does. Only the function that was edited is read again when the edit leaves its
 * ends where they were.
 */
export function editedOutline(before: Outline, old: string, text: string): Outline {
  return withinFunction(before, old, text) ?? scanOutline(text);
}

function withinFunction(before: Outline, old: string, text: string): Outline | undefined {
  if (!before.balanced) return undefined;
  const start = commonStart(old, text);
  const oldEnd = old.length - commonEnd(old, text, start);
  const index = before.decls.findIndex((d) => oldEnd < d.end);
  const was = before.decls[index];
  // What is read before the body does not look into it, and what comes behind it does not look back.
  if (!was || was.body < 0 || start <= was.body || before.packageStart > was.base) return undefined;
  const found = scanFunction(text, was.base);
  const shift = text.length - old.length;
  const [now] = found.decls;
  if (!found.balanced || !now || now.end !== was.end + shift || text.slice(now.base, now.end).includes('\0'))
    return undefined;
  const moved = <T extends { start: number; end: number }>(item: T): T =>
    item.start < was.end ? item : { ...item, start: item.start + shift, end: item.end + shift };
  return {
    ...before,
    imports: before.imports.map((d) => (d.start < was.end ? d : movedImport(d, shift))),
    decls: before.decls.map((d, i) => (i < index ? d : i === index ? now : movedDeclaration(d, shift))),
    directives: [
      ...before.directives.filter((d) => d.start < was.base),
      ...found.directives.filter((d) => d.start < now.end),
      ...before.directives.filter((d) => d.start >= was.end).map(moved),
    ],
  };
}

function movedDeclaration(d: Declaration, shift: number): Declaration {
  return { ...d, base: d.base + shift, end: d.end + shift, body: d.body < 0 ? d.body : d.body + shift };
}

function movedImport(d: ImportDecl, shift: number): ImportDecl {
  const at = (offset: number): number => (offset < 0 ? offset : offset + shift);
  return {
    start: at(d.start),
    end: at(d.end),
    lparen: at(d.lparen),
    rparen: at(d.rparen),
    specs: d.specs.map((s) => ({ ...s, start: at(s.start), end: at(s.end) })),
  };
}

/** Length of what two texts have in common at their start. */
function commonStart(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at + PIECE <= length && a.slice(at, at + PIECE) === b.slice(at, at + PIECE)) at += PIECE;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** Length of what two texts have in common at their end, without their first `start` characters. */
function commonEnd(a: string, b: string, start: number): number {
  const length = Math.min(a.length, b.length) - start;
  const [i, j] = [a.length, b.length];
  let n = 0;
  while (n + PIECE <= length && a.slice(i - n - PIECE, i - n) === b.slice(j - n - PIECE, j - n)) n += PIECE;
  while (n < length && a.charCodeAt(i - n - 1) === b.charCodeAt(j - n - 1)) n++;
  return n;
}
