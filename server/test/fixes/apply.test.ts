import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, combine, editedTexts, mergeEdits, tidyEdits } from '../../src/fixes/apply.ts';
import { inFile } from '../../src/fixes/file-edit.ts';
import { SourceFile } from '../../src/golang/source-file.ts';
import { parser } from './support.ts';

const [A, B] = ['/a.go', '/b.go'].map((path) => new SourceFile(path, 'abcdef', parser)) as [SourceFile, SourceFile];

describe('tidyEdits', () => {
  it('joins edits that touch and puts insertions first', () =>
    assert.deepEqual(
      tidyEdits(
        inFile(A, [
          { start: 5, end: 7, newText: 'b' },
          { start: 5, end: 5, newText: 'a' },
          { start: 1, end: 2, newText: 'x' },
        ]),
      ),
      inFile(A, [
        { start: 1, end: 2, newText: 'x' },
        { start: 5, end: 7, newText: 'ab' },
      ]),
    ));
  it('refuses overlap', () => {
    const edits = inFile(A, [
      { start: 0, end: 3, newText: '' },
      { start: 2, end: 4, newText: '' },
    ]);
    assert.equal(tidyEdits(edits), undefined);
    assert.throws(() => applyEdits('abcdef', edits), RangeError);
    assert.equal(combine([edits[0]!], undefined), undefined);
  });
  it('keeps files apart', () => {
    const edit = { start: 0, end: 3, newText: 'x' };
    const both = combine(inFile(A, [edit]), inFile(B, [{ ...edit, start: 2, end: 4 }]));
    assert.deepEqual(
      [...editedTexts(both ?? [])],
      [
        [A, 'xdef'],
        [B, 'abxef'],
      ],
    );
  });
  it('does not change what the edits do', () =>
    fc.assert(
      fc.property(fc.string(), fc.array(fc.tuple(fc.nat(20), fc.nat(3), fc.string())), (text, raw) => {
        const edits = raw.map(([start, length, newText]) => ({ start, end: start + length, newText }));
        if (edits.some((e) => e.end > text.length)) return;
        const tidy = tidyEdits(inFile(A, edits));
        if (!tidy) return;
        const naive = [...edits.entries()]
          .sort(([i, a], [j, b]) => b.start - a.start || b.end - a.end || j - i)
          .reduce((t, [, e]) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);
        assert.equal(applyEdits(text, tidy), naive);
      }),
    ));
});

describe('mergeEdits', () => {
  const at = (start: number, newText: string, end = start) => ({ start, end, newText });

  it('takes groups that fit together and shares equal edits', () => {
    const addImport = at(0, 'import');
    const path = '/a.go';
    const merged = mergeEdits([
      [{ path, edits: [addImport, at(10, 'a')] }],
      [{ path, edits: [addImport, at(20, 'b')] }],
      [{ path, edits: [at(9, '', 12)] }],
      [{ path, edits: [at(10, 'c')] }],
    ]);
    assert.deepEqual(merged.taken, [0, 1]);
    assert.deepEqual(
      merged.files.map((file) => applyEdits('-'.repeat(30), file.edits).replaceAll('-', '')),
      ['importab'],
    );
  });
  it('takes all files of a group or none', () => {
    const [a, b] = ['/a.go', '/b.go'] as const;
    const merged = mergeEdits([
      [{ path: b, edits: [at(10, 'x')] }],
      [
        { path: a, edits: [at(0, 'y')] },
        { path: b, edits: [at(10, 'y')] },
      ],
      [
        { path: a, edits: [at(0, 'z')] },
        { path: b, edits: [at(20, 'z')] },
      ],
    ]);
    assert.deepEqual(merged, {
      taken: [0, 2],
      files: [
        { path: b, edits: [at(10, 'x'), at(20, 'z')] },
        { path: a, edits: [at(0, 'z')] },
      ],
    });
  });
});
