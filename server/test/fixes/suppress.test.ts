import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, combine, mergeEdits, tidyEdits } from '../../src/fixes/apply.ts';
import { suppressionEdits } from '../../src/fixes/suppress.ts';
import { check } from './support.ts';

describe('suppressionEdits', () => {
  const at = (before: string, mark: string, after: string) =>
    check(before, (s) => suppressionEdits(s.file.text, s.file.text.indexOf(mark), 'lost-cancel', 'line', 'why'), after);
  const fn = (body: string) => `package p\n\nfunc f() {\n${body}}\n`;
  const comment = '//hygiene:ignore lost-cancel why';

  it('adds a line above', () =>
    at(fn('\tif x {\n\t\ty = a()\n\t}\n'), 'a()', fn(`\tif x {\n\t\t${comment}\n\t\ty = a()\n\t}\n`)));
  it('adds the rule to a directive that is there', () => {
    at(fn('\t//hygiene:ignore b why\n\ta()\n'), 'a()', fn('\t//hygiene:ignore b,lost-cancel why\n\ta()\n'));
    at(fn('\ta() //hygiene:ignore b why\n'), 'a()', fn('\ta() //hygiene:ignore b,lost-cancel why\n'));
  });
  it('does nothing the second time', () => at(fn(`\t${comment}\n\ta()\n`), 'a()', fn(`\t${comment}\n\ta()\n`)));
  it('goes into the block that ends above an else', () =>
    at(
      fn('\tif x {\n\t\tb()\n\t} else if a() {\n\t}\n'),
      'a()',
      fn(`\tif x {\n\t\tb()\n\t\t${comment}\n\t} else if a() {\n\t}\n`),
    ));
  it('goes behind the line when the line begins in a raw string', () =>
    at(fn('\tb(`\nx`, a())\n'), 'a()', fn(`\tb(\`\nx\`, a()) ${comment}\n`)));
  it('gives up on a line that begins and ends in raw strings', () => {
    const source = fn('\tb(`\nx`, a(), `\n`)\n');
    assert.deepEqual(suppressionEdits(source, source.indexOf('a()'), 'lost-cancel'), []);
  });
  it('keeps doc comments as gofmt wants them', () =>
    at('package p\n\n// A is one.\nvar A = a()\n', 'a()', `package p\n\n// A is one.\n//\n${comment}\nvar A = a()\n`));
  it('speaks for a declaration or the file when asked to', () => {
    const before = '//go:build linux\n\n// Package p is one.\npackage p\n\n// f is one.\nfunc f() {\n\ta()\n}\n';
    const all = (scope: 'declaration' | 'file', from: string, to: string) =>
      check(
        before,
        (s) => suppressionEdits(s.file.text, s.file.text.indexOf('a()'), 'lost-cancel', scope, 'why'),
        before.replace(from, to),
      );
    all('declaration', 'func f', `//\n${comment}\nfunc f`);
    all('file', 'package p', `//\n${comment}\npackage p`);
  });
  it('stands apart from a declaration above', () =>
    at('package p\n\nvar b = 1\nvar A = a()\n', 'a()', `package p\n\nvar b = 1\n\n${comment}\nvar A = a()\n`));
});

describe('tidyEdits', () => {
  it('joins edits that touch and puts insertions first', () =>
    assert.deepEqual(
      tidyEdits([
        { start: 5, end: 7, newText: 'b' },
        { start: 5, end: 5, newText: 'a' },
        { start: 1, end: 2, newText: 'x' },
      ]),
      [
        { start: 1, end: 2, newText: 'x' },
        { start: 5, end: 7, newText: 'ab' },
      ],
    ));
  it('refuses overlap', () => {
    const edits = [
      { start: 0, end: 3, newText: '' },
      { start: 2, end: 4, newText: '' },
    ];
    assert.equal(tidyEdits(edits), undefined);
    assert.throws(() => applyEdits('abcdef', edits), RangeError);
    assert.equal(combine([edits[0]!], undefined), undefined);
  });
  it('does not change what the edits do', () =>
    fc.assert(
      fc.property(fc.string(), fc.array(fc.tuple(fc.nat(20), fc.nat(3), fc.string())), (text, raw) => {
        const edits = raw.map(([start, length, newText]) => ({ start, end: start + length, newText }));
        if (edits.some((e) => e.end > text.length)) return;
        const tidy = tidyEdits(edits);
        if (!tidy) return;
        const naive = [...edits.entries()]
          .sort(([i, a], [j, b]) => b.start - a.start || b.end - a.end || j - i)
          .reduce((t, [, e]) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);
        assert.equal(applyEdits(text, tidy), naive);
      }),
    ));
});

describe('mergeEdits', () => {
  it('takes groups that fit together and shares equal edits', () => {
    const addImport = { start: 0, end: 0, newText: 'import' };
    const merged = mergeEdits([
      [addImport, { start: 10, end: 10, newText: 'a' }],
      [addImport, { start: 20, end: 20, newText: 'b' }],
      [{ start: 9, end: 12, newText: '' }],
      [{ start: 10, end: 10, newText: 'c' }],
    ]);
    assert.deepEqual(merged.taken, [0, 1]);
    assert.equal(applyEdits('-'.repeat(30), merged.edits).replaceAll('-', ''), 'importab');
  });
});
