/** What a package is for, told by the folder it is in. */
import assert from 'node:assert/strict';
import { isForTests, isOfProgram } from '../../src/golang/package-folders.ts';

describe('folders of packages', () => {
  it('knows helpers of tests', () => {
    for (const path of ['example.com/owner/app/test/utils', 'example.com/owner/app/internal/testutil', 'app/e2e'])
      assert.equal(isForTests(path), true, path);
  });

  it('takes nothing from the name of the module, or from a path that is not an import path', () => {
    for (const path of [
      'example.com/owner/test',
      'example.com/test/app',
      'test',
      'dir:/home/me/test/app',
      'app/latest',
    ])
      assert.equal(isForTests(path), false, path);
  });

  it('knows programs', () => {
    assert.equal(isOfProgram('example.com/owner/app/cmd/server'), true);
    assert.equal(isOfProgram('example.com/owner/app/cmd#main'), true);
    assert.equal(isOfProgram('example.com/owner/cmd'), false);
  });
});
