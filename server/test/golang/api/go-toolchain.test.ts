/** Checks that need a Go toolchain: the recorded stubs are what it says, and those written by hand are correct Go. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiPackagePaths, apiPackageSource, STD_STUBS_GO_VERSION } from '../../../src/golang/api/index.ts';
import { stdPackageSource } from '../../../src/golang/api/std-stubs.ts';

const generator = fileURLToPath(new URL('../../../../scripts/generate-std-api', import.meta.url));
const recorded = fileURLToPath(new URL('../../../src/golang/api/std-stubs.json', import.meta.url));

function go(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' };
  return spawnSync('go', args, { cwd: generator, encoding: 'utf8', maxBuffer: 1 << 24, env });
}

describe('API stubs and the Go toolchain', function () {
  this.timeout(180_000);
  const version = /go(\d+\.\d+)/.exec(go('env', 'GOVERSION').stdout ?? '')?.[1];
  const missing = version ? '' : ' (skipped: no Go toolchain found, see https://go.dev/dl)';
  const other =
    missing ||
    (version === STD_STUBS_GO_VERSION ? '' : ` (skipped: Go ${version}, recorded with ${STD_STUBS_GO_VERSION})`);

  it(`generating again gives the recorded file${other}`, function () {
    if (other) this.skip();
    const { status, stdout, stderr } = go('run', '.');
    assert.equal(status, 0, stderr);
    assert.ok(
      stdout === readFileSync(recorded, 'utf8'),
      'std-stubs.json is not up to date: run node scripts/generate-std-api.mjs',
    );
  });

  it(`stubs written by hand type-check${missing}`, function () {
    if (missing) this.skip();
    const byHand = apiPackagePaths().filter((path) => !stdPackageSource(path));
    const folder = mkdtempSync(join(tmpdir(), 'stubs-'));
    try {
      const file = join(folder, 'stubs.json');
      writeFileSync(file, JSON.stringify(Object.fromEntries(byHand.map((path) => [path, apiPackageSource(path)]))));
      const { status, stderr } = go('run', '.', '-verify', file);
      assert.equal(status, 0, stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
