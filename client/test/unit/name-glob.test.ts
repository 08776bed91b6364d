import assert from 'node:assert/strict';
import { nameTest } from '../../src/common/name-glob.ts';

describe('nameTest', () => {
  const names = ['a.go', 'a_test.go', '.gitignore', 'ago', 'a.gox', 'go.mod', 'x.gitignore'];
  const matching = (glob: string) => names.filter(nameTest(glob));

  it('takes every name for *', () => {
    assert.deepEqual(matching('*'), names);
  });

  it('takes dots literally', () => {
    assert.deepEqual(matching('**/*.go'), ['a.go', 'a_test.go']);
  });

  it('knows alternatives', () => {
    assert.deepEqual(matching('**/{*.go,.gitignore}'), ['a.go', 'a_test.go', '.gitignore']);
  });
});
