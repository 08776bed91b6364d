/** Fixtures of refactorings and their golden files are real Go: they compile, are formatted, and vet has nothing to add. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIXTURES } from './fixtures.ts';

const GO_ENV = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly', GOWORK: 'off', GOTOOLCHAIN: 'local' };

describe('Go toolchain on the fixtures of refactorings', function () {
  this.timeout(120_000);
  let copy: string;

  before(function () {
    if (spawnSync('go', ['version']).error) {
      console.log('      skipped: Go is not installed; install it (https://go.dev/dl/) to compile the fixtures');
      this.skip();
    }
    copy = mkdtempSync(join(tmpdir(), 'hygiene-refactored-'));
    cpSync(FIXTURES, copy, { recursive: true });
    for (const name of readdirSync(copy, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.golden')) renameSync(join(copy, name), join(copy, name.replace(/\.golden$/, '')));
  });
  after(() => copy && rmSync(copy, { recursive: true }));

  it('accepts the fixtures', () => accepts(FIXTURES));
  it('accepts the golden files', () => accepts(copy));
});

function accepts(cwd: string): void {
  const vet = spawnSync('go', ['vet', './...'], { cwd, encoding: 'utf8', env: GO_ENV });
  assert.equal(vet.status, 0, vet.stdout + vet.stderr);
  const format = spawnSync('gofmt', ['-d', '.'], { cwd, encoding: 'utf8' });
  assert.equal(format.stdout + format.stderr, '');
}
