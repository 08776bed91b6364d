import assert from 'node:assert/strict';
import { decodeGoFile } from '../../src/workspace/decode.ts';

const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));

describe('decode', () => {
  it('takes UTF-8 and drops a byte order mark', () => {
    assert.deepEqual(decodeGoFile('a.go', bytes('package é\r\n'), 'en'), { text: 'package é\r\n', faithful: true });
    assert.equal(decodeGoFile('a.go', bytes(0xef, 0xbb, 0xbf, 'package a'), 'en').text, 'package a');
  });

  it('says where UTF-8 is invalid and goes on with replacement characters', () => {
    for (const [input, offset] of [
      [bytes('ab', 0xff, 'c'), 2],
      [bytes('abc', 0xc3), 3],
      [bytes(0xc3, 0x28), 0],
      [bytes('é', 0xed, 0xa0, 0x80), 2],
      [bytes('a', 0xef, 0xbf, 'x'), 1],
      [bytes(0xef, 0xbb, 0xbf, 'a', 0xff), 4],
    ] as const) {
      const { text, faithful, notice } = decodeGoFile('a.go', input, 'en');
      assert.ok(text?.includes('\ufffd'));
      assert.equal(faithful, false);
      assert.equal(notice?.code, 'invalid-utf8');
      assert.match(notice.message, new RegExp(`offset ${offset}\\b`));
    }
  });

  it('does not analyse binaries and giants', () => {
    const binary = decodeGoFile('a.go', bytes('a', 0, 'b'), 'en');
    assert.equal(binary.text, undefined);
    assert.equal(binary.notice?.code, 'binary-file');
    const giant = decodeGoFile('a.go', bytes('abc'), 'zh-cn', 2);
    assert.equal(giant.text, undefined);
    assert.match(giant.notice!.message, /3.*2/);
  });
});
