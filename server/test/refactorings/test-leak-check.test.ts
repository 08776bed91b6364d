import assert from 'node:assert/strict';
import { applyEdits } from '../../src/fixes/apply.ts';
import { engineWith, SETTINGS } from '../engine/support.ts';

const engine = await engineWith();
const TEXT = `package p

import "testing"

func TestOne(t *testing.T) {
	done := make(chan bool)
	go func() { done <- true }()
	<-done
}
`;

function offered(requires: readonly string[] | undefined): string[] {
  const path = '/p/a_test.go';
  const input = { files: [{ path, text: TEXT }], goVersion: '1.24', importPath: 'm/p', requires };
  const start = TEXT.indexOf('TestOne');
  return engine
    .refactorings(input, SETTINGS, { path, start, end: start })
    .filter(({ id }) => id === 'add-leak-check')
    .map(({ edits }) => applyEdits(TEXT, edits));
}

describe('refactoring: leak check', () => {
  it('takes goleak where go.mod requires it, although no file imports it yet', () => {
    assert.deepEqual(offered(['go.uber.org/goleak']), [
      TEXT.replace('import "testing"', 'import (\n\t"testing"\n\n\t"go.uber.org/goleak"\n)').replace(
        'testing.T) {\n',
        'testing.T) {\n\tdefer goleak.VerifyNone(t)\n',
      ),
    ]);
  });

  it('is not offered where the module is not there, and bubbles are not known', () => {
    assert.deepEqual(offered([]), []);
    assert.deepEqual(offered(undefined), []);
  });
});
