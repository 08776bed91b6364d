/** What a person sees who runs `npm start` for the first time. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Report {
  findings: { rule: string; path: string; line: number }[];
}

function start(...args: string[]) {
  const env = { ...process.env, INIT_CWD: root };
  return spawnSync(process.execPath, ['scripts/start.mjs', ...args], { cwd: root, encoding: 'utf8', env });
}

describe('npm start', function () {
  this.timeout(60_000);

  it('finds the leaks of the demo module and nothing else', () => {
    const { status, stdout, stderr } = start('--format', 'json');
    assert.equal(status, 0, stderr);
    const { findings } = JSON.parse(stdout) as Report;
    assert.deepEqual(
      findings.map(({ path, line, rule }) => `${basename(path)}:${line} ${rule}`),
      [
        'carrier.go:23 response-body-not-closed',
        'carrier.go:45 abandoned-send',
        'carrier.go:57 lost-cancel',
        'store.go:39 missing-unlock',
        'store.go:64 ticker-loop-never-ends',
      ],
    );
  });

  it('scans the folder that is named, with its options', () => {
    const { status, stdout, stderr } = start('--quiet', 'test-fixtures/demo/api.go');
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stdout + stderr, /demo module|carrier\.go/);
  });

  it('shows code and explains findings', () => {
    const { stdout, stderr } = start();
    assert.match(stderr, /npm start -- DIR/);
    assert.match(stdout, /> +57 \| +ctx, _ = context\.WithTimeout/);
    assert.match(stdout, /fix: /);
    assert.match(stderr, /exits with code 1/);
  });

  it('fails with 2 and says why when there is nothing to scan', () => {
    const { status, stdout, stderr } = start('no/such/folder');
    assert.equal(status, 2);
    assert.match(stdout + stderr, /no\/such\/folder/);
  });
});
