import assert from 'node:assert/strict';
import { toBase64 } from '../../src/common/base64.ts';

describe('toBase64', () => {
  it('agrees with Node on every byte and across chunks', () => {
    for (const length of [0, 1, 2, 3, 256, 0x8000 - 1, 0x8000, 0x8000 + 1, 100_000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => index % 256);
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'), `${length} bytes`);
    }
  });
});
