/** The words of declarations: finding those that have one, and telling which ones one has, agree. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { declarationsNaming, wordsOf } from '../../src/golang/word-index.ts';
import { packageOf } from '../support/analysis.ts';

const PIECES = ['a', 'b1', '_', '1', '0x1f', ' ', '.', 'é', '世界', '😀', '𝒳', '٣', '\ud800', '"', '\n'];

describe('word index', () => {
  it('finds the words that a declaration is told to have, and no others', async () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (comment) => {
        const { pkg } = await packageOf({ 'a.go': `package p\n\nfunc f() {\n\t/*${comment}*/\n}\n` });
        const [file] = pkg.files;
        const [declaration] = file?.outline.decls ?? [];
        assert.ok(file && declaration);
        const own = new Set(wordsOf(file.textOf(declaration)));
        for (const word of own) assert.equal(declarationsNaming(pkg, word).length, 1, word);
        for (const word of [...PIECES, comment, ...[...own].map((w) => w.slice(1)), ...[...own].map((w) => `${w}a`)])
          if (word !== '' && !own.has(word) && wordsOf(word).join() === word)
            assert.equal(declarationsNaming(pkg, word).length, 0, word);
      }),
    );
  });
});
