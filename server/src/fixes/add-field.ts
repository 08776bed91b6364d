/** Gives a composite literal one more field, in the format of gofmt. */
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { CompositeLit, Expr } from '../syntax/ast.ts';
import { tidyEdits } from './apply.ts';
import { eolOf, indentAt, lineStart } from './source-lines.ts';

/** gofmt aligns the values of neighbouring lines when both keys are at most this long. */
const ALIGNED = 40;

/**
 * A field behind the others of a keyed literal: on the same line, or on one of its own with the values aligned.
 * @returns undefined for literals without keys, and where comments or the layout make the alignment hard to tell
 */
export function addField(unit: DeclUnit, lit: CompositeLit, key: string, value: string): FileEdit[] | undefined {
  if (lit.elts.some((e) => e.kind !== 'KeyValueExpr')) return undefined;
  const source = unit.file.text;
  const close = unit.base + lit.end - 1;
  const last = lit.elts.at(-1);
  if (!last) {
    const open = source.lastIndexOf('{', close);
    return source.slice(open + 1, close).trim() === ''
      ? tidyEdits([replace(unit, open + 1, close, `${key}: ${value}`)])
      : undefined;
  }
  const end = unit.base + last.end;
  const tail = source.slice(end, close);
  if (/^\s*$/.test(tail) && !tail.includes('\n')) return [insertionIn(unit.file, end, `, ${key}: ${value}`)];
  if (!/^,[ \t]*\r?\n[ \t]*$/.test(tail)) return undefined;
  return onOwnLine(unit, lit.elts, key, value);
}

function onOwnLine(unit: DeclUnit, elts: readonly Expr[], key: string, value: string): FileEdit[] | undefined {
  const source = unit.file.text;
  const pairs = sectionAtEnd(unit, elts);
  const last = elts.at(-1);
  if (!pairs || !last || key.length > ALIGNED) return undefined;
  const width = Math.max(key.length, ...pairs.map((p) => p.key.length));
  const eol = eolOf(source);
  const indent = indentAt(source, lineStart(source, unit.base + last.start));
  const gap = (k: string): string => ' '.repeat(width - k.length + 1);
  const realigned = pairs.map((p) => replace(unit, p.colon + 1, p.value, gap(p.key)));
  return tidyEdits([
    ...realigned.filter((e) => source.slice(e.start, e.end) !== e.newText),
    insertionIn(unit.file, unit.base + last.end + 1, `${eol}${indent}${key}:${gap(key)}${value},`),
  ]);
}

interface Pair {
  key: string;
  /** File offsets of the colon and of the value. */
  colon: number;
  value: number;
}

/** The last elements that stand on neighbouring lines, each on one; undefined when a comment is between them. */
function sectionAtEnd(unit: DeclUnit, elts: readonly Expr[]): Pair[] | undefined {
  const source = unit.file.text;
  const pairs: Pair[] = [];
  for (let i = elts.length - 1; i >= 0; i--) {
    const e = elts[i];
    if (e?.kind !== 'KeyValueExpr') return undefined;
    const [start, end] = [unit.base + e.start, unit.base + e.end];
    if (source.slice(start, end).includes('\n')) break;
    if (source.slice(lineStart(source, start), start).trim() !== '') return undefined;
    const key = source.slice(start, unit.base + e.key.end);
    const colon = source.indexOf(':', unit.base + e.key.end);
    if (key.length > ALIGNED) return undefined;
    pairs.push({ key, colon, value: unit.base + e.value.start });
    const before = elts[i - 1];
    const between = before ? source.slice(unit.base + before.end, start) : '';
    if (/\/[/*]/.test(between)) return undefined;
    if (/\n\s*\n/.test(between)) break;
  }
  return pairs;
}

function replace({ file }: DeclUnit, start: number, end: number, newText: string): FileEdit {
  return { file, start, end, newText };
}
