import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { NodeFileSystem } from '../../src/node/node-file-system.ts';
import { WorkerPool } from '../../src/node/worker-pool.ts';
import { Configs } from '../../src/workspace/config.ts';
import { scan } from '../../src/workspace/scan.ts';

const SOURCE = fileURLToPath(new URL('./fake-worker.ts', import.meta.url));

describe('worker pool', function () {
  this.timeout(30_000);
  let build: string;
  let root: string;
  // Worker threads do not inherit the loader that runs these tests, and the real worker is a bundle as well.
  before(() => {
    build = mkdtempSync(join(tmpdir(), 'hygiene-worker-'));
    buildSync({
      entryPoints: [SOURCE],
      outfile: join(build, 'worker.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
  });
  after(() => rmSync(build, { recursive: true, force: true }));
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'hygiene-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** CPU time of a machine that has nothing else to do. */
  const unhindered = (): number => 2 * performance.now();

  async function scanned(
    files: Record<string, string>,
    timeLimitMs?: number,
    signal?: AbortSignal,
    cpuMs: () => number = unhindered,
  ) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const fs = new NodeFileSystem();
    const pool = new WorkerPool(join(build, 'worker.cjs'), 2, { timing: false }, timeLimitMs, cpuMs);
    const lines: string[] = [];
    try {
      const options = {
        fs,
        configs: new Configs(fs, []),
        analyzer: pool,
        locale: 'en' as const,
        ...(signal && { signal }),
      };
      await scan([root], options, ({ path, findings, notices }) => {
        lines.push(`${path.slice(root.length + 1)} ${findings.length} ${notices.map((n) => n.code).join()}`);
      });
    } finally {
      await pool.close();
    }
    return lines;
  }

  it('gives the results of many batches in order', async () => {
    const names = Array.from({ length: 120 }, (_, i) => `d${String(i).padStart(3, '0')}/a.go`);
    const lines = await scanned(Object.fromEntries(names.map((name) => [name, 'LEAK'])));
    assert.deepEqual(
      lines,
      names.map((name) => `${name} 1 `),
    );
  });

  it('survives a worker that dies and gives up only the directory that killed it', async () => {
    const lines = await scanned({ 'a/a.go': 'LEAK', 'b/b.go': 'DIE', 'c/c.go': 'LEAK' });
    assert.deepEqual(lines, ['a/a.go 1 ', 'b/b.go 0 quarantined', 'c/c.go 1 ']);
  });

  it('gives up only the file of a directory that fails', async () => {
    const lines = await scanned({ 'b/a.go': 'LEAK', 'b/b.go': 'DIE', 'b/c.go': 'LEAK' });
    assert.deepEqual(lines, ['b/a.go 1 ', 'b/b.go 0 quarantined', 'b/c.go 1 ']);
  });

  it('gives up a directory in which file after file fails', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `x/${name}.go`);
    const lines = await scanned(Object.fromEntries(names.map((name) => [name, 'DIE'])));
    assert.deepEqual(lines, ['x 0 quarantined', ...names.slice(0, 3).map((name) => `${name} 0 quarantined`)]);
  });

  it('gives up a file that takes too long', async () => {
    const lines = await scanned({ 'a/a.go': 'LEAK', 'b/b.go': 'HANG', 'c/c.go': 'LEAK' }, 3000);
    assert.deepEqual(lines, ['a/a.go 1 ', 'b/b.go 0 quarantined', 'c/c.go 1 ']);
  });

  it('waits longer for a file where others use the machine', async () => {
    const files = { 'a/a.go': 'LEAK', 'b/b.go': 'SLOW LEAK' };
    assert.deepEqual(await scanned(files, 400, undefined, () => 0), ['a/a.go 1 ', 'b/b.go 1 ']);
  });

  it('stops at once when the signal aborts', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    await assert.rejects(scanned({ 'a/a.go': 'HANG' }, undefined, abort.signal), { name: 'AbortError' });
  });
});
