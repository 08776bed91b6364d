/** Text edits as data: ordering, joining and applying them. Offsets are UTF-16 offsets of the text before any edit. */
import type { TextEdit } from '../engine/finding.ts';

/**
 * Sorts edits and joins those that touch, so that the result is sorted and neither overlaps nor depends on the order
 * in which a client applies edits at one place. Edits that start together keep their given order.
 * @returns undefined when two edits overlap
 */
export function tidyEdits(edits: readonly TextEdit[]): TextEdit[] | undefined {
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index);
  const tidy: TextEdit[] = [];
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
 * The text after all edits.
 * @throws RangeError when edits overlap or lie outside the text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const tidy = tidyEdits(edits);
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

/**
 * Chooses, in the given order, those groups of edits that can be applied together. A group is taken whole or not at
 * all. An edit that is exactly one already chosen (the same import, say) is shared; other edits that touch a chosen one
 * are a conflict, since their order would be a guess.
 * @param groups the edits of one fix each
 * @returns all chosen edits, sorted, and the indices of the groups they came from
 */
export function mergeEdits(groups: readonly (readonly TextEdit[])[]): { edits: TextEdit[]; taken: number[] } {
  const chosen: TextEdit[] = [];
  const taken: number[] = [];
  groups.forEach((group, index) => {
    const fresh: TextEdit[] = [];
    for (const edit of group) {
      if (chosen.some((other) => same(edit, other))) continue;
      if (chosen.some((other) => edit.start <= other.end && other.start <= edit.end)) return;
      fresh.push(edit);
    }
    chosen.push(...fresh);
    taken.push(index);
  });
  return { edits: chosen.sort((a, b) => a.start - b.start), taken };
}

function same(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}

/** All edits of several builders as one fix; undefined when a part is missing or parts overlap. */
export function combine(...parts: (readonly TextEdit[] | undefined)[]): TextEdit[] | undefined {
  const all: TextEdit[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    all.push(...part);
  }
  return tidyEdits(all);
}
