/** Text edits as data: ordering, joining and applying them. Offsets are UTF-16 offsets of the text before any edit. */
import type { FileEdits, TextEdit } from '../engine/finding.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { byFile, type FileEdit } from './file-edit.ts';

/**
 * Sorts the edits of each file and joins those that touch, so that the result neither overlaps nor depends on the order
 * in which a client applies edits at one place. Edits that start together keep their given order.
 * @returns undefined when two edits overlap
 */
export function tidyEdits(edits: readonly FileEdit[]): FileEdit[] | undefined {
  const all: FileEdit[] = [];
  for (const own of byFile(edits).values()) {
    const tidy = tidyFile(own);
    if (!tidy) return undefined;
    all.push(...tidy);
  }
  return all;
}

/** The same for edits of one file. */
function tidyFile<E extends TextEdit>(edits: readonly E[]): E[] | undefined {
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index);
  const tidy: E[] = [];
  for (const { edit } of sorted) {
    const last = tidy.at(-1);
    if (last && edit.start < last.end) return undefined;
    if (last && edit.start === last.end) {
      last.newText += edit.newText;
      last.end = edit.end;
    } else tidy.push({ ...edit });
  }
  return tidy.filter((edit) => edit.start !== edit.end || edit.newText !== '');
}

/**
 * The text of a file after all edits; these are all of that file.
 * @throws RangeError when edits overlap or lie outside the text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const tidy = tidyFile(edits);
  if (!tidy) throw new RangeError('edits overlap');
  let result = '';
  let at = 0;
  for (const { start, end, newText } of tidy) {
    if (start < at || end < start || end > text.length) throw new RangeError(`edit ${start}-${end} is out of range`);
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

/** The texts of the files that edits are in, after them. */
export function editedTexts(edits: readonly FileEdit[]): Map<SourceFile, string> {
  return new Map([...byFile(edits)].map(([file, own]) => [file, applyEdits(file.text, own)]));
}

/**
 * Chooses, in the given order, those groups of edits that can be applied together. A group is taken whole or not at
 * all, in however many files it is. An edit that is exactly one already chosen (the same import, say) is shared; other edits
 * that touch a chosen one are a conflict, since their order would be a guess.
 * @param groups the edits of one fix each
 * @returns all chosen edits by file, sorted, and the indices of the groups they came from
 */
export function mergeEdits(groups: readonly (readonly FileEdits[])[]): { files: FileEdits[]; taken: number[] } {
  const chosen = new Map<string, TextEdit[]>();
  const taken: number[] = [];
  groups.forEach((group, index) => {
    const fresh = group.map(({ path, edits }) => ({ path, edits: besides(chosen.get(path) ?? [], edits) }));
    if (fresh.some(({ edits }) => !edits)) return;
    for (const { path, edits = [] } of fresh) chosen.set(path, [...(chosen.get(path) ?? []), ...edits]);
    taken.push(index);
  });
  const files = [...chosen].map(([path, edits]) => ({ path, edits: edits.sort((a, b) => a.start - b.start) }));
  return { files, taken };
}

/** Those edits that are not chosen already; undefined when one of them touches a chosen one. */
function besides(chosen: readonly TextEdit[], edits: readonly TextEdit[]): TextEdit[] | undefined {
  const fresh = edits.filter((edit) => !chosen.some((other) => same(edit, other)));
  const touches = fresh.some((edit) => chosen.some((other) => edit.start <= other.end && other.start <= edit.end));
  return touches ? undefined : fresh;
}

function same(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}

/** All edits of several builders, of one file or more, as one fix; undefined when a part is missing or parts overlap. */
export function combine(...parts: (readonly FileEdit[] | undefined)[]): FileEdit[] | undefined {
  const all: FileEdit[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    all.push(...part);
  }
  return tidyEdits(all);
}
