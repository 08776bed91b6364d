import assert from 'node:assert/strict';
import type { FileResult } from '../../src/engine/api.ts';
import { Configs } from '../../src/workspace/config.ts';
import { LocalAnalyzer } from '../../src/workspace/local-analyzer.ts';
import { scan } from '../../src/workspace/scan.ts';
import type { ScanOptions } from '../../src/workspace/scan.ts';
import { FakeEngine } from './fake-engine.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

async function run(
  files: Record<string, string | Uint8Array | null>,
  paths: string[],
  more: Partial<ScanOptions> = {},
) {
  const fs = new MemoryFileSystem(files);
  const engine = new FakeEngine();
  const results: FileResult[] = [];
  const configs = new Configs(fs, [{ id: 'lost-cancel' }]);
  const options: ScanOptions = { fs, configs, analyzer: new LocalAnalyzer(fs, engine), locale: 'en', ...more };
  const summary = await scan(paths, options, (result) => void results.push(result));
  return { fs, engine, results, summary };
}

describe('scan', () => {
  it('streams findings in the order of paths and sums up', async () => {
    const { results, summary, engine } = await run(
      { '/r/b.go': 'LEAK', '/r/a/z.go': 'LEAK LEAK', '/r/a/c.go': 'fine', '/r/go.mod': 'module m\ngo 1.22' },
      ['/r'],
    );
    assert.deepEqual(
      results.map(({ path, findings }) => [path, findings.length]),
      [
        ['/r/b.go', 1],
        ['/r/a/z.go', 2],
      ],
    );
    assert.equal(summary.files, 3);
    assert.equal(summary.directories, 2);
    assert.equal(summary.bytesRead, 17);
    assert.equal(summary.engine.files, 2);
    const [, second] = engine.calls;
    assert.deepEqual(second?.input.targets, ['/r/a/z.go']);
    assert.deepEqual(
      second.input.files.map((file) => file.path),
      ['/r/a/c.go', '/r/a/z.go'],
    );
    assert.equal(second.input.goVersion, '1.22');
    assert.equal(second.input.importPath, 'm/a');
  });

  it('does not analyse a directory in which nothing matters, and keeps nothing', async () => {
    const { engine, summary } = await run({ '/r/a.go': 'package a', '/r/b/b.go': 'LEAK' }, ['/r']);
    assert.equal(engine.calls.length, 1);
    assert.deepEqual(engine.forgotten, ['/r/b/b.go']);
    assert.equal(summary.files, 2);
  });

  it('gives each directory the settings of its config, with the last word to the caller', async () => {
    const { engine } = await run(
      {
        '/r/goroutine-hygiene.jsonc': '{"rules": {"lost-cancel": "error"}, "locale": "zh-cn"}',
        '/r/a.go': 'LEAK',
        '/r/s/goroutine-hygiene.jsonc': '{"includeGenerated": true}',
        '/r/s/a.go': 'LEAK',
      },
      ['/r'],
      { adjust: (config) => ({ ...config, leaveTo: ['go vet'] }) },
    );
    const base = { leaveTo: ['go vet'] };
    assert.deepEqual(
      engine.calls.map((call) => call.settings),
      [
        { ...base, levels: { 'lost-cancel': 'error' }, locale: 'zh-cn', includeGenerated: false },
        { ...base, levels: {}, locale: 'en', includeGenerated: true },
      ],
    );
  });

  it('turns bad files into notices and offers no fixes where text and bytes differ', async () => {
    const { results } = await run(
      {
        '/r/bin.go': new Uint8Array([1, 0, 2]),
        '/r/latin.go': Uint8Array.from([...new TextEncoder().encode('LEAK '), 0xe9]),
        '/r/also.go': 'LEAK ALSO /r/latin.go',
        '/r/both.go': 'LEAK ALSO /r/ok.go',
        '/r/ok.go': 'LEAK',
        '/r/pipe.go': null,
      },
      ['/r', '/nowhere'],
    );
    assert.deepEqual(
      results.map(({ path, findings, notices }) => [
        path,
        findings.length,
        findings[0]?.fixes.length,
        notices[0]?.code,
      ]),
      [
        ['/nowhere', 0, undefined, 'path-not-found'],
        ['/r/pipe.go', 0, undefined, 'not-a-file'],
        ['/r/also.go', 1, 0, undefined],
        ['/r/bin.go', 0, undefined, 'binary-file'],
        ['/r/both.go', 1, 1, undefined],
        ['/r/latin.go', 1, 0, 'invalid-utf8'],
        ['/r/ok.go', 1, 1, undefined],
      ],
    );
  });

  it('quarantines a directory whose analysis throws', async () => {
    const { results } = await run({ '/r/a/a.go': 'CRASH', '/r/b/b.go': 'LEAK' }, ['/r']);
    assert.deepEqual(
      results.map(({ path, findings, notices }) => [path, findings.length, notices[0]?.code]),
      [
        ['/r/a', 0, 'quarantined'],
        ['/r/b/b.go', 1, undefined],
      ],
    );
  });

  it('reports progress up to the end', async () => {
    const seen: string[] = [];
    await run({ '/r/a.go': '', '/r/s/b.go': '', '/r/s/c.go': '' }, ['/r'], {
      onProgress: ({ filesDone, filesTotal }) => seen.push(`${filesDone}/${filesTotal}`),
    });
    assert.deepEqual(seen, ['1/3', '3/3']);
  });

  it('stops when the signal aborts', async () => {
    const abort = new AbortController();
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`/r/d${i}/a.go`, 'LEAK']));
    const options = { signal: abort.signal, onProgress: () => abort.abort() };
    await assert.rejects(run(many, ['/r'], options), { name: 'AbortError' });
  });
});
