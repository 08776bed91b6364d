import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './fake-host.ts';

const LEAKY = { '/r/a.go': 'LEAK', '/r/s/b.go': 'LEAK' };

describe('scan command', () => {
  it('exits with 0 when clean and 1 with findings', async () => {
    assert.equal((await run({ '/r/a.go': 'fine' }, ['scan'])).code, 0);
    const { code, out } = await run(LEAKY, ['scan']);
    assert.equal(code, 1);
    assert.match(out, /^a\.go:1:1: warning: leaks \[lost-cancel\]\n/);
    assert.match(out, /2 findings \(2 warnings\) in 2 of 2 files\.\n$/);
  });

  it('asks how goroutines end for JSON only', async () => {
    for (const format of ['text', 'json', 'sarif']) {
      const { engine } = await run(LEAKY, ['scan', '--format', format]);
      assert.deepEqual(
        engine.calls.map(({ input }) => input.goroutines ?? false),
        [format === 'json', format === 'json'],
        format,
      );
    }
  });

  it('takes the patterns of the go command', async () => {
    for (const pattern of ['./...', '...', '.', '/r/...']) {
      assert.equal((await run(LEAKY, ['scan', '-q', pattern])).out.split('\n').length, 3, pattern);
    }
    assert.match((await run(LEAKY, ['scan', '-q', './s/...'])).out, /^s\/b\.go.*\n$/);
  });

  it('fails at the level of --fail-on', async () => {
    assert.equal((await run(LEAKY, ['scan', '--fail-on', 'warning'])).code, 1);
    assert.equal((await run(LEAKY, ['scan', '--fail-on', 'error'])).code, 0);
    assert.equal((await run(LEAKY, ['scan', '--fail-on', 'never'])).code, 0);
    const hidden = await run(LEAKY, ['scan', '--severity', 'error']);
    assert.deepEqual([hidden.code, hidden.out], [0, 'No findings in 2 files.\n']);
  });

  it('goes on when a path is missing, says so, and exits with 2', async () => {
    const { code, out } = await run(LEAKY, ['scan', 'nowhere', 's']);
    assert.equal(code, 2);
    assert.match(out, /^nowhere: error: No such file or directory\. \[path-not-found\]\n/);
    assert.match(out, /s\/b\.go:1:1/);
  });

  it('refuses an empty path, as of a variable that is not set', async () => {
    const { code, err, out } = await run(LEAKY, ['scan', '']);
    assert.deepEqual([code, err, out], [2, 'error: a path is empty\n', '']);
  });

  it('counts the file that is named, not those it is read with', async () => {
    const { out } = await run({ ...LEAKY, '/r/sibling.go': '' }, ['scan', 'a.go']);
    assert.match(out, / in 1 of 1 file\.\n$/);
  });

  it('goes on when a config is broken, says where, and exits with 2', async () => {
    const files = { ...LEAKY, '/r/s/goroutine-hygiene.jsonc': '{\n "rules": {"lost-cancle": "off"}}' };
    const { code, out } = await run(files, ['scan']);
    assert.equal(code, 2);
    assert.match(
      out,
      /^s\/goroutine-hygiene\.jsonc:2:12: error: Unknown rule "lost-cancle"\. Did you mean "lost-cancel"\?/,
    );
    assert.match(out, /^a\.go:1:1/m);
    assert.doesNotMatch(out, /b\.go/);
    const json = await run(files, ['scan', '--format', 'json']);
    assert.equal(json.code, 2);
    assert.match(json.err, /^\/r\/s\/goroutine-hygiene\.jsonc:2:12: Unknown rule/);
    assert.equal(JSON.parse(json.out).summary.successful, false);
  });

  it('leaves out a broken entry of the resources, says where, scans with the rest, and exits with 2', async () => {
    const files = {
      ...LEAKY,
      '/r/goroutine-hygiene.jsonc':
        '{\n "resources": [{"acquire": "a/b.Get", "release": ["Close"]},\n  {"acquire": "Get", "release": ["Close"]}]}',
    };
    const { code, out, engine } = await run(files, ['scan']);
    assert.equal(code, 2);
    assert.match(
      out,
      /^goroutine-hygiene\.jsonc:3:15: error: "Get" is not the name .* The entry is left out; everything/,
    );
    assert.match(out, /^a\.go:1:1/m);
    assert.deepEqual(JSON.parse(JSON.stringify(engine.calls[0]?.settings.resources)), [
      { acquire: 'a/b.Get', release: ['Close'] },
    ]);
    const own = await run(
      { ...files, '/r/goroutine-hygiene.jsonc': null, '/r/own.jsonc': files['/r/goroutine-hygiene.jsonc'] },
      ['scan', '--config=own.jsonc'],
    );
    assert.equal(own.code, 2);
    assert.match(own.out, /^own\.jsonc:3:15: error: /);
    const shown = await run(files, ['config', '--print']);
    assert.equal(shown.code, 2);
    assert.equal(JSON.parse(shown.out).resources.length, 1);
    assert.match(shown.err, /goroutine-hygiene\.jsonc:3:15: "Get" is not/);
  });

  it('says in Chinese too what is wrong with a config', async () => {
    const files = { ...LEAKY, '/r/goroutine-hygiene.jsonc': '{"rules": {"lost-cancle": "off"}}' };
    const { out } = await run(files, ['scan', '-q', '--locale', 'zh-cn']);
    assert.match(out, /错误: 未知的规则“lost-cancle”。您是否想写“lost-cancel”？ 受此配置管辖的目录未被扫描。/);
  });

  it('takes --config and --no-config', async () => {
    const files = {
      ...LEAKY,
      '/r/goroutine-hygiene.jsonc': '{"exclude": ["s"]}',
      '/r/other.jsonc': '{"locale": "zh-cn"}',
    };
    assert.equal((await run(files, ['scan', '-q'])).out.split('\n').length, 2);
    assert.equal((await run(files, ['scan', '-q', '--no-config'])).out.split('\n').length, 3);
    assert.equal((await run(files, ['scan', '--config', 'other.jsonc'])).engine.calls[0]?.settings.locale, 'zh-cn');
    const missing = await run(files, ['scan', '--config', 'none.jsonc']);
    assert.deepEqual([missing.code, missing.out], [2, '']);
    assert.match(missing.err, /^error: \/r\/none\.jsonc:1:1: Cannot be read: no such file or directory\./);
  });

  it('selects rules', async () => {
    const levels = async (...args: string[]) => (await run(LEAKY, ['scan', ...args])).engine.calls[0]?.settings.levels;
    assert.deepEqual(await levels(), {});
    assert.deepEqual(await levels('--disable', 'lost-cancel'), { 'lost-cancel': 'off' });
    assert.deepEqual(await levels('--rule', 'lost-cancel'), { 'context-in-struct': 'off' });
    assert.deepEqual(await levels('--rule', 'context-in-struct'), {
      'context-in-struct': 'warning',
      'lost-cancel': 'off',
    });
    assert.deepEqual(await levels('--rule', 'lost-cancel,context-in-struct'), { 'context-in-struct': 'warning' });
    const unknown = await run(LEAKY, ['scan', '--rule', 'lost-cancle']);
    assert.deepEqual(
      [unknown.code, unknown.err],
      [2, 'error: unknown rule "lost-cancle". Did you mean "lost-cancel"?\n'],
    );
  });

  it('passes settings on', async () => {
    const { engine } = await run(LEAKY, ['scan', '--include-generated', '--locale', 'zh-cn']);
    const settings = { levels: {}, locale: 'zh-cn', includeGenerated: true, leaveTo: [], least: 'information' };
    assert.deepEqual(engine.calls[0]?.settings, settings);
    for (const [flag, least] of [
      ['--severity=error', 'error'],
      ['--hints', 'hint'],
    ] as const)
      assert.equal((await run(LEAKY, ['scan', flag])).engine.calls[0]?.settings.least, least);
    assert.equal((await run({ '/r/a_test.go': 'LEAK' }, ['scan', '--no-tests'])).code, 0);
    assert.equal((await run({ '/r/a_test.go': 'LEAK' }, ['scan'])).code, 1);
  });

  it('uses more than one worker only where that pays, or is asked for', async () => {
    assert.deepEqual((await run(LEAKY, ['scan'])).workers, [1]);
    assert.deepEqual((await run(LEAKY, ['scan', '--jobs', '1'])).workers, [0]);
    assert.deepEqual((await run(LEAKY, ['scan', '--jobs', '3'])).workers, [3]);
    const many = Object.fromEntries(Array.from({ length: 1600 }, (_, i) => [`/r/f${i}.go`, '']));
    assert.deepEqual((await run(many, ['scan'])).workers, [4]);
    assert.deepEqual((await run(many, ['scan'], { cores: 2 })).workers, [2]);
  });

  it('prints statistics and times to stderr', async () => {
    const { err, out } = await run(LEAKY, ['scan', '--statistics', '--timing', '-q']);
    assert.match(err, /^files +2 /m);
    assert.match(err, /^lost-cancel +2$/m);
    assert.match(err, /^functions explored +2$/m);
    assert.match(err, /^explored in part +2$/m);
    assert.match(err, /^states +40$/m);
    assert.match(err, /^CPU time +\d+ ms$/m);
    assert.match(err, /^function explored +p50 4\.00 ms, p95 4\.00 ms, max 4\.00 ms$/m);
    const columns = err
      .trimEnd()
      .split('\n')
      .map((line) => /^(.*?) {2,}/.exec(line)![0].length);
    assert.equal(new Set(columns).size, 1, err);
    assert.doesNotMatch(out, /CPU/);
  });

  it('ends in order when interrupted', async () => {
    const abort = new AbortController();
    abort.abort();
    const { code, err } = await run(LEAKY, ['scan'], { signal: abort.signal });
    assert.deepEqual([code, err], [130, 'interrupted\n']);
  });

  it('reports a defect of its own as such', async () => {
    const createAnalyzer = () => Promise.reject(new Error('no wasm'));
    const { code, err } = await run(LEAKY, ['scan'], { createAnalyzer });
    assert.equal(code, 2);
    assert.match(err, /^internal error: Error: no wasm/);
  });

  it('draws progress on a terminal and cleans up', async () => {
    let drawn = '';
    const stderr = { write: (text: string) => void (drawn += text), isTTY: true, columns: 30 };
    await run(LEAKY, ['scan'], { stderr });
    assert.ok(drawn.startsWith('\r\x1b[2K1/2 files  /r'), drawn);
    assert.ok(drawn.endsWith('\r\x1b[2K'));
    drawn = '';
    await run(LEAKY, ['scan', '--quiet'], { stderr });
    assert.equal(drawn, '');
  });
});

describe('scan --output', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hygiene-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the whole report and leaves nothing else', async () => {
    const file = join(folder, 'report.sarif');
    writeFileSync(file, 'old');
    const { code, out, err } = await run(LEAKY, ['scan', '--format', 'sarif', '--output', file]);
    assert.deepEqual([code, out, err], [1, '', `${file}: 2 findings (2 warnings) in 2 of 2 files.\n`]);
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).runs[0].results.length, 2);
    assert.deepEqual(readdirSync(folder), ['report.sarif']);
  });

  it('keeps the old report when the scan fails', async () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'old');
    const createAnalyzer = () => Promise.reject(new Error('no wasm'));
    assert.equal((await run(LEAKY, ['scan', '-o', file], { createAnalyzer })).code, 2);
    assert.equal(readFileSync(file, 'utf8'), 'old');
    assert.deepEqual(readdirSync(folder), ['report.json']);
  });

  it('says beforehand that it cannot write', async () => {
    const { code, err, engine } = await run(LEAKY, ['scan', '-o', join(folder, 'no', 'x.json')]);
    assert.equal(code, 2);
    assert.match(err, /^error: cannot write .*x\.json: no such file or directory\n$/);
    assert.equal(engine.calls.length, 0);
    const directory = await run(LEAKY, ['scan', '-o', folder]);
    assert.equal(directory.code, 2);
    assert.match(directory.err, /^error: cannot write/);
    assert.deepEqual(readdirSync(folder), []);
  });
});
