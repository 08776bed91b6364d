import assert from 'node:assert/strict';
import type { ScanResult } from '../../src/lsp/protocol.ts';
import { Client, PLAIN } from './support/client.ts';
import { DISCARDED, REPAIRED } from './support/go.ts';
import { TestWorkspace } from './support/workspace.ts';

describe('workspace scan', function () {
  this.timeout(30_000);
  let folder: TestWorkspace;
  let client: Client;

  beforeEach(
    () =>
      (folder = new TestWorkspace({
        '.git/HEAD': '',
        'go.mod': 'module example.com/demo\n\ngo 1.22\n',
        'a/a.go': DISCARDED,
        'b/b.go': DISCARDED,
        'b/clean.go': 'package demo\n',
        'b/binary.go': Uint8Array.of(112, 0, 1),
        'vendor/v/v.go': DISCARDED,
        'c/ignored.go': DISCARDED,
        '.gitignore': 'c/\n',
      })),
  );
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  const start = async (options: Parameters<typeof Client.start>[0] = {}) =>
    (client = await Client.start({ folders: [folder.uri], ...options }));
  const scan = (params: object = {}) => client.request<ScanResult>('goroutineHygiene/scan', params);
  const shown = (name: string) => client.last(folder.file(name))?.diagnostics.length;

  it('publishes what it finds in files that are not open, with progress', async () => {
    await start({ options: { docsBase: 'file:///docs' } });
    const result = await scan({ workDoneToken: 'mine' });
    assert.deepEqual(
      { ...result, durationMs: 0, skipped: [] },
      { files: 4, findings: 2, durationMs: 0, cancelled: false, skipped: [] },
    );
    assert.deepEqual(
      result.skipped.map(({ uri }) => uri),
      [folder.file('b/binary.go')],
    );
    assert.match(result.skipped[0]!.reason, /NUL/);
    const [diagnostic] = client.last(folder.file('a/a.go'))!.diagnostics;
    assert.deepEqual(diagnostic?.range, { start: { line: 5, character: 6 }, end: { line: 5, character: 7 } });
    assert.deepEqual(diagnostic?.data, { version: null, index: 0 });
    assert.equal(diagnostic?.codeDescription?.href, 'file:///docs/lost-cancel.md');
    assert.equal(shown('b/b.go'), 1);
    for (const name of ['vendor/v/v.go', 'c/ignored.go', 'b/clean.go']) assert.equal(shown(name), undefined);
    assert.deepEqual([client.progress.at(0)?.kind, client.progress.at(-1)?.kind], ['begin', 'end']);
    assert.deepEqual(
      client.statuses.slice(-2).map(({ state }) => state),
      ['scanning', 'ready'],
    );
  });

  it('is limited to the folders named, and says what is wrong with one', async () => {
    await start();
    const result = await scan({ folders: [folder.file('a'), folder.file('nowhere')] });
    assert.deepEqual([result.files, result.findings], [1, 1]);
    assert.deepEqual(
      result.skipped.map(({ uri }) => uri),
      [folder.file('nowhere')],
    );
    assert.equal(shown('b/b.go'), undefined);
  });

  it('takes its results back on demand, and when a file or folder goes', async () => {
    await start();
    await scan();
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.file('a/a.go'), type: 3 }] });
    await client.until('the deleted file to be clean', () => shown('a/a.go') === 0);
    assert.equal(await client.request('goroutineHygiene/clearScan'), null);
    assert.equal(shown('b/b.go'), 0);
    await scan();
    assert.equal(shown('b/b.go'), 1);
    const event = { added: [], removed: [{ uri: folder.uri, name: 'x' }] };
    await client.notify('workspace/didChangeWorkspaceFolders', { event });
    await client.until('the folder to be clean', () => shown('b/b.go') === 0);
  });

  it('drops results of files that were repaired or removed since the last scan', async () => {
    await start();
    await scan();
    folder.write('a/a.go', REPAIRED);
    folder.remove('b/b.go');
    const result = await scan();
    assert.equal(result.findings, 0);
    assert.deepEqual([shown('a/a.go'), shown('b/b.go')], [0, 0]);
  });

  it('shows an open document its own findings, and the scan’s again after close', async () => {
    await start();
    const uri = folder.file('a/a.go');
    await client.open(uri, DISCARDED);
    await scan();
    assert.equal(shown('a/a.go'), undefined, 'nothing is pushed for an open document');
    await client.close(uri);
    await client.until('the scan result', () => shown('a/a.go') === 1);
    await client.open(uri, DISCARDED);
    await client.until('the push to go, as the client pulls', () => shown('a/a.go') === 0);
    assert.equal((await client.diagnostics(uri)).length, 1);
    await client.change(uri, 2, { text: REPAIRED });
    await client.close(uri);
    await client.diagnostics(uri);
    assert.equal(shown('a/a.go'), 0, 'the result went with the change');
  });

  it('knows the new findings of a document that was saved and closed', async () => {
    await start();
    await scan();
    const uri = folder.file('a/a.go');
    await client.open(uri, DISCARDED);
    await client.change(uri, 2, {
      text: `${DISCARDED}\n${DISCARDED.slice(DISCARDED.indexOf('func')).replace('wait', 'more')}`,
    });
    await client.save(uri);
    assert.equal((await client.diagnostics(uri)).length, 2);
    await client.close(uri);
    await client.until('both findings', () => shown('a/a.go') === 2);
  });

  it('analyses the text in the editor, not the one on disk', async () => {
    await start();
    await client.open(folder.file('a/a.go'), REPAIRED);
    assert.equal((await scan()).findings, 1);
  });

  it('falls back to the scan on close for clients that are pushed to', async () => {
    await start({ capabilities: PLAIN });
    const uri = folder.file('a/a.go');
    await scan();
    await client.open(uri, DISCARDED);
    await client.until('own diagnostics', () => client.last(uri)?.version === 1);
    await client.close(uri);
    await client.until('the scan result', () => client.last(uri)?.version === undefined);
    assert.equal(shown('a/a.go'), 1);
  });

  it('stops when cancelled and keeps what it found', async () => {
    for (let i = 0; i < 12; i++) folder.write(`slow${i}/s.go`, `package s // SLOW LEAK(x${i})\n`);
    for (const how of ['progress', 'request'] as const) {
      await start({ server: 'scripted' });
      const { CancellationTokenSource } = await import('vscode-jsonrpc');
      const source = new CancellationTokenSource();
      const params = { workDoneToken: 'mine' };
      const done = client.connection.sendRequest<ScanResult>('goroutineHygiene/scan', params, source.token);
      await client.until('a first result', () => client.published.length > 0);
      if (how === 'request') source.cancel();
      else await client.notify('window/workDoneProgress/cancel', { token: 'mine' });
      const result = await done;
      assert.equal(result.cancelled, true);
      assert.ok(result.findings > 0 && result.findings < 12, `${result.findings} findings`);
      assert.equal(client.published.length, result.findings);
      assert.equal(client.progress.at(-1)?.kind, 'end');
      client.process.kill('SIGKILL');
    }
  });

  it('lets the editor work meanwhile', async () => {
    for (let i = 0; i < 6; i++) folder.write(`slow${i}/s.go`, `package s // SLOW LEAK(x${i})\n`);
    await start({ server: 'scripted' });
    const done = scan();
    await client.open(folder.file('new.go'), 'package n // LEAK(n)\n');
    assert.equal((await client.diagnostics(folder.file('new.go'))).length, 1);
    assert.equal((await Promise.race([done, Promise.resolve('running')])) as unknown, 'running');
    assert.equal((await done).cancelled, false);
  });

  it('goes on after a package that fails', async () => {
    folder.write('bad/x.go', 'package x // CRASH\n');
    folder.write('good/y.go', 'package y // LEAK(y)\n');
    await start({ server: 'scripted' });
    const { findings, skipped } = await scan();
    assert.equal(findings, 1);
    assert.ok(skipped.some(({ uri, reason }) => uri === folder.file('bad') && /crashed on purpose/.test(reason)));
  });

  it('reads through a client where the server has no disk', async () => {
    const files = new Map([
      ['vscode-vfs://github/o/r/go.mod', 'module example.com/r\n\ngo 1.21\n'],
      ['vscode-vfs://github/o/r/x/x.go', 'package x // LEAK(x)\n'],
      ['vscode-vfs://github/o/r/x/y.go', 'package x\n'],
    ]);
    client = await Client.launch('scripted', { DISK: 'none' });
    const asked: string[] = [];
    client.connection.onRequest('goroutineHygiene/readFile', ({ uri }: { uri: string }) => {
      asked.push(uri);
      const text = files.get(uri);
      return text === undefined ? null : { base64: Buffer.from(text).toString('base64') };
    });
    client.connection.onRequest('goroutineHygiene/findFiles', ({ folder: base, pattern }) => {
      const below = [...files.keys()].filter((uri) => uri.startsWith(`${base}/`) && uri.endsWith('.go'));
      return pattern.startsWith('**') ? below : below.filter((uri) => !uri.slice(base.length + 1).includes('/'));
    });
    await client.initialize({ folders: ['vscode-vfs://github/o/r'] });
    const result = await scan();
    assert.deepEqual([result.files, result.findings, result.skipped], [2, 1, []]);
    const uri = 'vscode-vfs://github/o/r/x/x.go';
    assert.equal(client.last(uri)?.diagnostics[0]?.message, 'x leaks beside 1 in go 1.21');
    await client.open(uri, 'package x // LEAK(z)\n');
    assert.equal((await client.diagnostics(uri))[0]?.message, 'z leaks beside 1 in go 1.21');
    assert.ok(
      asked.every((each) => each.startsWith('vscode-vfs://github/o/r/')),
      'asks for nothing outside the workspace',
    );
  });
});
