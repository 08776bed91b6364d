import assert from 'node:assert/strict';
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
