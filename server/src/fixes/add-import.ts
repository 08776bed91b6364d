/** Imports a package, in the place where gofmt and goimports would have it. */
import type { TextEdit } from '../engine/finding.ts';
import { inFile, type FileEdit } from './file-edit.ts';
import { defaultPackageName, type SourceFile } from '../golang/source-file.ts';
import type { ImportDecl, ImportSpec } from '../syntax/declarations.ts';
import type { Node } from '../syntax/ast.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { isUnshadowed } from './names.ts';
import {
  attachedStart,
  eolOf,
  indentAt,
  isFirstOnLine,
  isLastOnLine,
  lineEnd,
  lineStart,
  nextLine,
} from './source-lines.ts';
import { insertion } from './statement-site.ts';

export interface ImportFix {
  /** Empty when the file imports the package already. */
  edits: FileEdit[];
  /** The name the package goes by in this file. */
  name: string;
}

/**
 * What makes `path` usable in a file: the local name of an import that is there, or the edits that add one.
 * @param at the place of use; the name must not be hidden there by a local variable
 * @returns undefined when the name is hidden or taken, or the file has no package clause to add an import to
 */
export function importEdits(
  file: SourceFile,
  path: string,
  at?: { unit: DeclUnit; node: Node },
): ImportFix | undefined {
  const hidden = (name: string): boolean => at !== undefined && !isUnshadowed(at.unit, at.node, name);
  for (const [name, imported] of file.imports) if (imported === path && !hidden(name)) return { edits: [], name };
  const name = defaultPackageName(path);
  const taken =
    file.imports.has(name) || file.outline.decls.some((d) => d.recv === undefined && d.names.includes(name));
  if (taken || hidden(name) || at?.unit.pkg.member(name)) return undefined;
  const edit = placeImport(file, path);
  return edit && { edits: inFile(file, edit), name };
}

function placeImport(file: SourceFile, path: string): TextEdit[] | undefined {
  const { text } = file;
  const ours = file.outline.imports.filter((decl) => !decl.specs.some((spec) => spec.path === 'C'));
  const group = ours.find((decl) => decl.lparen >= 0 && text.slice(decl.lparen, decl.rparen).includes('\n'));
  if (group) return intoGroup(text, group, path);
  const [single] = ours;
  if (single && ours.length === 1 && single.lparen < 0) return asGroup(text, single, path);
  const last = ours.at(-1) ?? file.outline.imports.at(-1);
  const eol = eolOf(text);
  const line = `import ${JSON.stringify(path)}`;
  if (last) {
    if (!isLastOnLine(text, last.end)) return undefined;
    const separate = last.specs.some((spec) => spec.path === 'C') || last.lparen >= 0;
    return [insertion(lineEnd(text, last.end), (separate ? eol : '') + eol + line)];
  }
  const { packageEnd } = file.outline;
  if (packageEnd < 0 || !isLastOnLine(text, packageEnd)) return undefined;
  const at = lineEnd(text, packageEnd);
  const next = nextLine(text, packageEnd);
  const followedByCode = next < text.length && text.slice(next, lineEnd(text, next)).trim() !== '';
  return [insertion(at, eol + eol + line + (followedByCode ? eol : ''))];
}

/** True for packages of the standard library: no dot in the first element of the path. */
function isStandard(path: string): boolean {
  return !(path.split('/')[0] as string).includes('.');
}

/** Runs of specs with no blank line between them; gofmt sorts within such a run. */
function blocksOf(text: string, decl: ImportDecl): ImportSpec[][] {
  const blocks: ImportSpec[][] = [];
  for (const spec of decl.specs) {
    const block = blocks.at(-1);
    const last = block?.at(-1);
    if (block && last && !/\n[ \t]*\r?\n/.test(text.slice(last.end, spec.start))) block.push(spec);
    else blocks.push([spec]);
  }
  return blocks;
}

function intoGroup(text: string, decl: ImportDecl, path: string): TextEdit[] | undefined {
  const eol = eolOf(text);
  const blocks = blocksOf(text, decl);
  const block = bestBlock(blocks, path);
  const first = blocks[0]?.[0];
  const indent = first && isFirstOnLine(text, first.start) ? indentAt(text, first.start) : '\t';
  const line = `${indent}${JSON.stringify(path)}`;
  if (block) {
    if (block.some((spec) => !isFirstOnLine(text, spec.start) || !isLastOnLine(text, spec.end))) return undefined;
    const previous = block.filter((spec) => spec.path < path).at(-1);
    if (previous) return [insertion(lineEnd(text, previous.end), eol + line)];
    const next = block[0] as ImportSpec;
    // A comment above a blank import explains that import; above any other it is the heading of the block.
    const at = next.name === '_' ? attachedStart(text, next.start, decl.lparen) : lineStart(text, next.start);
    return [insertion(at, line + eol)];
  }
  if (!isLastOnLine(text, decl.lparen + 1)) return undefined;
  if (isStandard(path) || blocks.length === 0) {
    const open = lineEnd(text, decl.lparen);
    return [insertion(open, eol + line + (blocks.length > 0 ? eol : ''))];
  }
  return [insertion(lineStart(text, decl.rparen), eol + line + eol)];
}

/** The block a path belongs to: one of its kind, with the longest common beginning. */
function bestBlock(blocks: readonly ImportSpec[][], path: string): ImportSpec[] | undefined {
  let best: ImportSpec[] | undefined;
  let bestLength = -1;
  for (const block of blocks) {
    if (!block.every((spec) => isStandard(spec.path) === isStandard(path))) continue;
    const length = isStandard(path) ? 0 : Math.max(...block.map((spec) => commonElements(spec.path, path)));
    if (length > bestLength) [best, bestLength] = [block, length];
  }
  if (best || blocks.length !== 1) return best;
  // One block that mixes both kinds is how this author writes imports.
  const [only] = blocks;
  return only && only.some((spec) => isStandard(spec.path) === isStandard(path)) ? only : undefined;
}

function commonElements(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let n = 0;
  while (n < left.length && left[n] === right[n]) n++;
  return n;
}

/** `import "a"` becomes a group of two. */
function asGroup(text: string, decl: ImportDecl, path: string): TextEdit[] | undefined {
  const [spec] = decl.specs;
  if (!spec || !isLastOnLine(text, decl.end) || text.slice(decl.start, spec.start).includes('\n')) return undefined;
  const eol = eolOf(text);
  const added = `\t${JSON.stringify(path)}`;
  const separator = isStandard(spec.path) === isStandard(path) ? '' : eol;
  const before = isStandard(spec.path) === isStandard(path) ? path <= spec.path : isStandard(path);
  const open = before ? `import (${eol}${added}${eol}${separator}\t` : `import (${eol}\t`;
  const close = before ? `${eol})` : `${eol}${separator}${added}${eol})`;
  return [{ start: decl.start, end: spec.start, newText: open }, insertion(lineEnd(text, decl.end), close)];
}
