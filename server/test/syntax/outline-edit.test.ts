/** Outlines made from the version before are those of a scan of the whole text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scanOutline } from '../../src/syntax/outline.ts';
import { editedOutline } from '../../src/syntax/outline-edit.ts';

const SOURCE = `//go:build go1.22

// Package p.
package p

import "fmt"

//hygiene:daemon it runs as long as the process
func first() { //nolint
	fmt.Println("}") //nolint:all
} //lint:ignore rule why

type T struct{ a, b int }

func (t *T) M(f func() struct{ x int }) (n int) {
	/* a comment } */
	n = \`raw
func x() {\` // nolint
	return '{'
}

var x, y = 1, func() int {
	return 1
}

//hygiene:ignore rule reason
func last() { go func() {}() }; func more() {}
import "late"
func tail() {
}
`;

/** Pieces whose coming and going changes what is code, and what is not. */
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '`',
  "'",
  '//',
  '/*',
  '*/',
  '\n',
  ' ',
  'x',
  ';',
  '\nfunc f() {',
  '\0',
  '//nolint',
  'import "a"\n',
];

describe('outline of an edited text', () => {
  it('is that of the whole text after any edits', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.integer({ min: 0, max: 12 }),
      insert: fc.constantFrom('', ...PIECES),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = SOURCE;
        let outline = scanOutline(text);
        for (const { at, drop, insert } of edits) {
          const start = Math.floor(at * text.length);
          const next = text.slice(0, start) + insert + text.slice(start + drop);
          outline = editedOutline(outline, text, next);
          assert.deepEqual(outline, scanOutline(next));
          text = next;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the declarations above an edit within a function', () => {
    const before = scanOutline(SOURCE);
    const text = SOURCE.replace("return '{'", "return '}'");
    const after = editedOutline(before, SOURCE, text);
    assert.equal(after.decls[1], before.decls[1]);
    assert.deepEqual(after, scanOutline(text));
  });
});
