/** The demo module is real Go: it compiles, is formatted, and vet complains about nothing but the leak it knows too. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const demo = fileURLToPath(new URL('../../../test-fixtures/demo/', import.meta.url));

function run(command: string, ...args: string[]) {
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local', GOPROXY: 'off' };
  return spawnSync(command, args, { cwd: demo, encoding: 'utf8', env });
}

describe('Go toolchain on the demo module', function () {
  this.timeout(120_000);

  before(function () {
    if (!run('go', 'version').error) return;
    console.log('      skipped: Go is not installed; install it (https://go.dev/dl/) to compile and vet the demo');
    this.skip();
  });

  it('compiles and passes vet but for the lost cancel', () => {
    const { status, stderr } = run('go', 'vet', '-lostcancel=false', './...');
    assert.equal(status, 0, stderr);
  });

  it('is formatted', () => {
    assert.equal(run('gofmt', '-l', '.').stdout, '');
  });
});
