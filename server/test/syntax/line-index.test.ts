import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { goBuildVersion } from '../../src/syntax/build-constraint.ts';
import { LineIndex } from '../../src/syntax/line-index.ts';

describe('line index', () => {
  it('counts LF, CRLF and lone CR as line ends', () => {
    const index = new LineIndex('a\nbc\r\nd\re');
    assert.equal(index.lineCount, 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((line) => index.lineStart(line)),
      [0, 2, 6, 8],
    );
    assert.deepEqual(index.position(3), { line: 1, character: 1 });
    assert.deepEqual(index.position(8), { line: 3, character: 0 });
    assert.equal(index.offset(1, 99), 4);
    assert.equal(index.offset(2, 99), 7);
  });

  it('clamps what is out of range', () => {
    const index = new LineIndex('ab\ncd');
    assert.deepEqual(index.position(-5), { line: 0, character: 0 });
    assert.deepEqual(index.position(99), { line: 1, character: 2 });
    assert.equal(index.offset(9, 0), 5);
    assert.equal(index.offset(-1, 5), 0);
    assert.equal(index.lineStart(7), 5);
    assert.equal(new LineIndex('').lineCount, 1);
  });

  it('agrees with the text documents of the language server library', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '\r', '\t', '\u2028'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(40), fc.nat(10), fc.nat(10), (content, offset, line, character) => {
        const document = TextDocument.create('file:///x', 'go', 1, content);
        const index = new LineIndex(content);
        assert.equal(index.lineCount, document.lineCount);
        assert.equal(index.offset(line, character), document.offsetAt({ line, character }));
        const insideCrLf = content[offset - 1] === '\r' && content[offset] === '\n';
        if (!insideCrLf) assert.deepEqual(index.position(offset), document.positionAt(offset));
      }),
    );
  });
});

describe('build constraints', () => {
  const cases: [string, string | undefined][] = [
    ['go1.21', '1.21'],
    ['linux', undefined],
    ['linux && go1.18', '1.18'],
    ['go1.18 && go1.20', '1.20'],
    ['!go1.18', undefined],
    ['go1.18 && !go1.22', '1.18'],
    ['go1.18 || go1.20', '1.18'],
    ['go1.18 || linux', undefined],
    ['(go1.18 || go1.20) && (linux || darwin)', '1.18'],
    ['go1.18&&linux', '1.18'],
    ['go1', undefined],
    ['go1.x', undefined],
    ['', undefined],
    ['go1.18 &', undefined],
    ['((((', undefined],
    ['!!!', undefined],
    ['('.repeat(50_000), undefined],
  ];
  for (const [expression, version] of cases)
    it(`${JSON.stringify(expression.slice(0, 60))} asks for ${version ?? 'nothing'}`, () =>
      assert.equal(goBuildVersion(expression), version));
});
