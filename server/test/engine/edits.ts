/** Random edits of the files of a package, for tests that compare engines which have seen other versions with fresh ones. */
import fc from 'fast-check';
import type { GoFile } from '../../src/engine/api.ts';

/** Numbers from 0 on, below 1, say where in a file or list. */
export interface Edit {
  kind: 'drop' | 'copy' | 'word' | 'undo';
  file: number;
  at: number;
  from: number;
}

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** A few edits, one after the other. */
export const someEdits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    // Most edits leave the shape of a package as it is, as most keystrokes do.
    kind: fc.constantFrom<Edit['kind']>('drop', 'copy', 'word', 'word', 'undo'),
    file: share,
    at: share,
    from: share,
  }),
  { minLength: 2, maxLength: 8 },
);

/** The files after an edit: a line less, a line twice, a word in place of another, or as they were at first. */
export function edited(files: readonly GoFile[], original: readonly GoFile[], edit: Edit): GoFile[] {
  if (edit.kind === 'undo') return [...original];
  const index = Math.floor(edit.file * files.length);
  return files.map((f, i) => (i === index ? { ...f, text: editedText(f.text, edit) } : f));
}

function editedText(text: string, { kind, at, from }: Edit): string {
  if (kind === 'word') {
    const words = [...text.matchAll(/\w+/g)];
    const [old, by] = [words[Math.floor(at * words.length)], words[Math.floor(from * words.length)]];
    return old && by ? text.slice(0, old.index) + by[0] + text.slice(old.index + old[0].length) : text;
  }
  const lines = text.split('\n');
  const [i, j] = [Math.floor(at * lines.length), Math.floor(from * lines.length)];
  if (kind === 'drop') lines.splice(i, 1);
  else lines.splice(i, 0, lines[j] ?? '');
  return lines.join('\n');
}
