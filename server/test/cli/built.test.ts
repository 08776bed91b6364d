import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/goroutine-hygiene.cjs', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

const LEAK = [
  'package p',
  '',
  'import (',
  '\t"context"',
  '\t"time"',
  ')',
  '',
  'func leak(parent context.Context) {',
  '\tctx, _ := context.WithTimeout(parent, time.Second)',
  '\t<-ctx.Done()',
  '}',
  '',
].join('\n');

/** The built program on real files. Everything a scan may meet, each beside a file with a leak that must still be found. */
describe('built command line', function () {
  this.timeout(60_000);
  let root: string;

  before(function () {
    if (existsSync(BUNDLE)) return;
    console.log('      skipped: server/dist/cli.cjs is missing; run "npm run build"');
    this.skip();
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hygiene-'));
    put('good/leak.go', LEAK);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function put(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  function cli(...args: string[]) {
    const env = { PATH: process.env['PATH'] };
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
      timeout: 50_000,
      maxBuffer: 1 << 28,
    });
    return { status, stdout, stderr };
  }

  /** Scans with JSON output; the leak of `good/` must be among the findings. */
  function scan(...args: string[]) {
    const { status, stdout, stderr } = cli('scan', '--rule', 'lost-cancel', '--format', 'json', ...args);
    const report = JSON.parse(stdout) as {
      findings: { path: string; line: number; column: number; fixes: object[] }[];
      notices: { code: string; path: string; message: string }[];
      summary: { successful: boolean };
    };
    const findings = report.findings.map(({ path, line, column }) => `${path}:${line}:${column}`);
    assert.ok(findings.includes('good/leak.go:9:7'), `${stdout}${stderr}`);
    const others = findings.filter((each) => each !== 'good/leak.go:9:7');
    return { status, others, notices: report.notices, report, stderr };
  }

  it('finds a leak and exits with 1; is clean and exits with 0', () => {
    const { status, others, notices } = scan();
    assert.deepEqual([status, others, notices], [1, [], []]);
    put('clean/a.go', 'package a\n');
    const clean = cli('scan', 'clean');
    assert.deepEqual([clean.status, clean.stdout, clean.stderr], [0, 'No findings in 1 file.\n', '']);
  });

  it('explains, lists rules and suggests names', () => {
    assert.match(cli('explain', 'lost-cancel').stdout, /^# lost-cancel\n/);
    const unknown = cli('explain', 'lost-cancle');
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /Did you mean "lost-cancel"\?/);
    assert.ok(JSON.parse(cli('rules', '--json').stdout).some(({ id }: { id: string }) => id === 'lost-cancel'));
  });

  it('names the file that an incomplete installation lacks, and exits with 2', () => {
    cpSync(BUNDLE, join(root, 'cli.cjs'));
    for (const command of ['rules', 'scan']) {
      const { status, stderr } = spawnSync(process.execPath, ['cli.cjs', command], { cwd: root, encoding: 'utf8' });
      assert.equal(status, 2);
      assert.match(stderr, /Cannot find module '\.\/engine\.cjs' in .*; run "npm run build"/);
    }
  });

  it('goes on after Go that does not parse', () => {
    put('bad/a.go', 'package p\n\nfunc ( { <- go go ((((\n');
    put('bad/b.go', '}}}}}} not go at all `');
    put('bad/c.go', LEAK.replace('Done()\n}', 'Done()\n'));
    put('bad/d.go', `${LEAK}\nfunc broken( {\n`);
    put('bad/empty.go', '');
    const { status } = scan();
    assert.equal(status, 1);
  });

  it('skips NUL bytes with a notice', () => {
    put('bad/a.go', `${LEAK}\0`);
    put('bad/utf16.go', Buffer.from(`\ufeff${LEAK}`, 'utf16le'));
    const { status, others, notices } = scan();
    assert.deepEqual([status, others], [1, []]);
    assert.deepEqual(
      notices.map(({ code, path }) => `${code} ${path}`),
      ['binary-file bad/a.go', 'binary-file bad/utf16.go'],
    );
  });

  it('finishes one-liners of 5 MB', () => {
    put('bad/string.go', `package p\nvar s = "${'x'.repeat(5_000_000)}"; func f() { go func() { select {} }() }\n`);
    put('bad/calls.go', `package p\nfunc f() { ${'go g(<-c); '.repeat(450_000)} }\n`);
    put('bad/parens.go', `package p\nvar x = ${'('.repeat(2_500_000)}${')'.repeat(2_500_000)} // context.WithCancel\n`);
    const { status } = scan();
    assert.equal(status, 1);
  });

  it('skips a file above the size limit with a notice', () => {
    put('bad/big.go', `package p // ${'x'.repeat(9_000_000)}\n`);
    assert.deepEqual(
      scan().notices.map(({ code }) => code),
      ['file-too-large'],
    );
  });

  it('reads CRLF and a byte order mark with the same positions', () => {
    put('x/crlf.go', LEAK.replaceAll('\n', '\r\n'));
    put('x/bom.go', `\ufeff${LEAK}`);
    const { others, notices } = scan();
    assert.deepEqual([others, notices], [['x/bom.go:9:7', 'x/crlf.go:9:7'], []]);
  });

  it('analyses invalid UTF-8 with a notice and offers no fixes', () => {
    put('x/latin1.go', Buffer.from(`// caf\xe9\n${LEAK}`, 'latin1'));
    const { others, notices, report } = scan();
    assert.deepEqual(others, ['x/latin1.go:10:7']);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['invalid-utf8'],
    );
    assert.deepEqual(
      report.findings.map(({ fixes }) => fixes.length > 0),
      [true, false],
    );
  });

  it('does not stumble over what is no regular file', function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(root, 'odd', 'dir.go'), { recursive: true });
    symlinkSync('nowhere.go', join(root, 'odd', 'dangling.go'));
    symlinkSync('loop.go', join(root, 'odd', 'loop.go'));
    symlinkSync('..', join(root, 'odd', 'cycle'));
    execFileSync('mkfifo', [join(root, 'odd', 'pipe.go')]);
    const { status, notices } = scan();
    assert.equal(status, 1);
    assert.deepEqual(
      notices.map(({ code, path }) => `${code} ${path}`),
      ['not-a-file odd/dangling.go', 'not-a-file odd/loop.go', 'not-a-file odd/pipe.go'],
    );
    const explicit = scan('odd/pipe.go', 'good');
    assert.equal(explicit.status, 1);
    assert.deepEqual(
      explicit.notices.map(({ code }) => code),
      ['not-a-file'],
    );
  });

  it('says where a config is broken, scans the rest, and exits with 2', () => {
    put('sub/goroutine-hygiene.jsonc', '{\n  "rules": {"lost-cancle": "off"}\n}');
    put('sub/leak.go', LEAK);
    const { status, others, report, stderr } = scan();
    assert.deepEqual([status, others, report.summary.successful], [2, [], false]);
    assert.match(stderr, /goroutine-hygiene\.jsonc:2:13: Unknown rule "lost-cancle"\. Did you mean "lost-cancel"\?/);
  });

  it('reports what the config says of own functions, with a fix that repairs it, with and without workers', () => {
    const source = [
      'package own',
      '',
      'import "example.com/pool"',
      '',
      'func ping(p *pool.Pool) error {',
      '\tc, err := p.Get()',
      '\tif err != nil {',
      '\t\treturn err',
      '\t}',
      '\treturn c.Ping()',
      '}',
      '',
    ].join('\n');
    const config = {
      resources: [{ acquire: 'example.com/pool.(*Pool).Get', release: ['Close'], what: 'pooled connection' }],
    };
    put('own/own.go', source);
    assert.deepEqual(scan().others, []);
    put('own/goroutine-hygiene.jsonc', JSON.stringify(config));
    for (const jobs of ['1', '2']) {
      const { status, stdout } = cli('scan', '--format', 'json', '--jobs', jobs, 'own');
      assert.equal(status, 1);
      const [finding, ...more] = JSON.parse(stdout).findings;
      assert.deepEqual(more, []);
      assert.deepEqual([finding.rule, finding.line, finding.severity], ['resource-not-closed', 6, 'warning']);
      assert.match(finding.message, /^`c` \(pooled connection\) is not released on every way out/);
      const [{ edits }] = finding.fixes;
      let fixed = source;
      for (const { startOffset, endOffset, newText } of edits.reverse())
        fixed = fixed.slice(0, startOffset) + newText + fixed.slice(endOffset);
      assert.equal(fixed, source.replace('\treturn c.Ping', '\tdefer c.Close()\n\treturn c.Ping'));
      put('own/own.go', fixed);
      assert.equal(cli('scan', '--jobs', jobs, 'own').status, 0);
      put('own/own.go', source);
    }
  });

  it('says that a folder is missing, scans the others, and exits with 2', () => {
    const { status, stderr } = scan('missing', 'good');
    assert.equal(status, 2);
    assert.match(stderr, /missing: No such file or directory\.\n$/);
  });

  it('gives the same reports with workers and without, every time', () => {
    for (let i = 0; i < 60; i++) put(`many/d${i}/a.go`, LEAK.replace('leak', `leak${i}`));
    for (const format of ['text', 'json', 'sarif']) {
      const reports = ['1', '2', '2'].map((jobs) => cli('scan', '--format', format, '--jobs', jobs));
      assert.deepEqual(new Set(reports.map(({ stdout }) => stdout)).size, 1, format);
      assert.ok(reports.every(({ status, stderr }) => status === 1 && stderr === ''));
    }
  });

  it('writes reports to files', () => {
    const { status, stdout } = cli('scan', '--format', 'sarif', '--output', 'out.sarif', 'good');
    assert.deepEqual([status, stdout], [1, '']);
    const log = JSON.parse(readFileSync(join(root, 'out.sarif'), 'utf8'));
    assert.equal(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, 'good/leak.go');
  });

  it('stays silent when its reader goes away', (done) => {
    for (let i = 0; i < 200; i++) put(`many/d${i}/a.go`, LEAK.replace('<-ctx', '// filler\n'.repeat(100) + '\t<-ctx'));
    const child = spawn(process.execPath, [PROGRAM, 'scan'], { cwd: root });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    child.on('close', (code) => {
      assert.equal(err, '');
      assert.ok(code === 141 || code === 1, String(code));
      done();
    });
  });

  it('says so when its output cannot be written', function () {
    if (!existsSync('/dev/full')) this.skip();
    const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$1" scan > /dev/full', process.execPath, PROGRAM], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [2, 'error: cannot write the output: no space left on device\n']);
  });

  for (const jobs of [1, 2]) {
    it(`stops on Ctrl+C with --jobs ${jobs}`, function (done) {
      if (process.platform === 'win32') this.skip();
      for (let i = 0; i < 3000; i++) put(`many/d${i}/a.go`, LEAK);
      const child = spawn(process.execPath, [PROGRAM, 'scan', '--jobs', String(jobs)], { cwd: root });
      let err = '';
      let out = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.stdout.on('data', (chunk: Buffer) => {
        if (out === '') child.kill('SIGINT');
        out += chunk.toString();
      });
      child.on('close', (code, signal) => {
        assert.deepEqual([code, signal, err], jobs === 1 ? [null, 'SIGINT', ''] : [130, null, 'interrupted\n']);
        assert.doesNotMatch(out, /in 3001 of/);
        done();
      });
    });
  }
});
