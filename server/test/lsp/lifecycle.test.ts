import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, PLAIN } from './support/client.ts';
import { DISCARDED } from './support/go.ts';
import { overTransport } from './support/transports.ts';
import { TestWorkspace } from './support/workspace.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const AT = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

/** Milliseconds Node takes to start and end with nothing to do; about 40 on an idle machine. */
async function bareStart(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const begin = performance.now();
    await once(spawn(process.execPath, ['-e', '0']), 'exit');
    times.push(performance.now() - begin);
  }
  return Math.min(...times);
}

describe('language server process', function () {
  this.timeout(20_000);
  let client: Client;
  afterEach(() => client.process.kill('SIGKILL'));

  it('exits with 0 after shutdown, with 1 without, and with 1 when the client is gone', async () => {
    client = await Client.start();
    assert.equal(await client.stop(), 0);
    client = await Client.start();
    await client.notify('exit', undefined);
    assert.equal(await client.exited(), 1);
    client = await Client.start();
    client.process.stdin!.end();
    assert.equal(await client.exited(), 1);
  });

  it('exits when the process that started it dies', async () => {
    const parent = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    client = await Client.launch();
    await client.initialize({ processId: parent.pid! });
    parent.kill('SIGKILL');
    assert.equal(await client.exited(), 1);
  });

  it('refuses requests before initialize, unknown methods, and survives nonsense', async () => {
    client = await Client.launch();
    for (const method of ['textDocument/hover', 'goroutineHygiene/scan', 'textDocument/codeAction'])
      await assert.rejects(client.request(method, { textDocument: { uri: 'file:///a.go' } }), { code: -32002 }, method);
    await client.initialize();
    await assert.rejects(client.request('no/such/method'), { code: -32601 });
    const wrong: [string, unknown][] = [
      ['textDocument/hover', {}],
      ['textDocument/hover', { textDocument: { uri: 'file:///a.go' }, position: null }],
      ['textDocument/codeAction', { textDocument: 7 }],
      ['codeAction/resolve', { title: 'x', data: { uri: 'nowhere', finding: 3 } }],
      ['textDocument/diagnostic', { textDocument: { uri: 'not a uri' } }],
    ];
    for (const [method, params] of wrong) await client.request(method, params).catch(() => undefined);
    await client.notify('textDocument/didChange', { textDocument: { uri: 'file:///never-opened.go', version: 2 } });
    await client.notify('textDocument/didOpen', {});
    await client.notify('workspace/didChangeWatchedFiles', {});
    await client.notify('$/setTrace', { value: 'verbose' });
    await client.open('untitled:a', DISCARDED);
    assert.equal((await client.diagnostics('untitled:a')).length, 1);
    assert.equal(await client.stop(), 0);
  });

  for (const [what, engine, reason] of [
    ['grammar', 'fails', /no grammar here/],
    ['engine', 'missing', /no engine here/],
  ] as const)
    it(`answers without findings when the ${what} cannot be loaded, and says so`, async () => {
      client = await Client.start({ server: 'scripted', env: { ENGINE: engine } });
      await client.until('the status', () => client.statuses.some(({ state }) => state === 'error'));
      assert.match(client.statuses.at(-1)?.message ?? '', reason);
      await client.open('untitled:a', DISCARDED);
      assert.deepEqual(await client.diagnostics('untitled:a'), []);
      assert.deepEqual(await client.actions('untitled:a', AT), []);
      assert.equal(await client.hover('untitled:a', 0, 0), null);
      assert.equal(await client.stop(), 0);
    });

  it('leaves a file alone on which the analysis fails, until it is saved', async () => {
    client = await Client.start({ server: 'scripted' });
    await client.open('untitled:a', 'package a // CRASH LEAK(a)\n');
    await client.open('untitled:b', 'package b // LEAK(b)\n');
    assert.deepEqual(await client.diagnostics('untitled:a'), []);
    assert.ok(client.logged.some((line) => /untitled:a failed; it is left alone.*crashed on purpose/s.test(line)));
    assert.equal((await client.diagnostics('untitled:b')).length, 1);
    await client.change('untitled:a', 2, { text: 'package a // LEAK(a)\n' });
    assert.deepEqual(await client.diagnostics('untitled:a'), []);
    await client.save('untitled:a');
    assert.equal((await client.diagnostics('untitled:a')).length, 1);
  });

  it('serves a client that can do almost nothing', async () => {
    const folder = new TestWorkspace();
    try {
      client = await Client.start({ capabilities: {} });
      await client.open(folder.file('a.go'), DISCARDED);
      await client.until('diagnostics', () => client.last(folder.file('a.go'))?.diagnostics.length === 1);
      assert.deepEqual(await client.actions(folder.file('a.go'), AT), []);
      assert.deepEqual(client.registrations, []);
    } finally {
      folder.remove();
    }
  });

  for (const [name, bundle, args] of [
    ['extension', 'dist/server.node.cjs', ['--stdio']],
    ['npm package', 'server/bin/goroutine-hygiene.cjs', ['server', '--stdio']],
    ['npm package, as the command line', 'server/dist/cli.cjs', ['server', '--stdio']],
  ] as const)
    it(`built for the ${name}: finds a leak over stdio and initialises in under 200 ms`, async () => {
      assert.ok(existsSync(root + bundle), `${bundle} is missing: run "npm run build"`);
      const times: number[] = [];
      for (let round = 0; round < 3; round++) {
        const begin = performance.now();
        client = Client.over(spawn(process.execPath, [root + bundle, ...args], { stdio: 'pipe' }));
        await client.initialize({ capabilities: PLAIN });
        times.push(performance.now() - begin);
        await client.open('untitled:a', DISCARDED);
        await client.until('the leak', () => client.last('untitled:a')?.diagnostics.length === 1);
        assert.equal(await client.stop(), 0);
      }
      // On a busy machine everything takes longer, Node itself too.
      const limit = 200 * Math.max(1, (await bareStart()) / 60);
      assert.ok(Math.min(...times) < limit, `initialize took ${times.map(Math.round).join(', ')} ms`);
    });

  it('built for the extension: answers initialize without the engine, which it loads later, and says when it is not there', async () => {
    const folder = new TestWorkspace();
    try {
      folder.write('server.node.cjs', readFileSync(`${root}dist/server.node.cjs`, 'utf8'));
      client = Client.over(
        spawn(process.execPath, [join(folder.path, 'server.node.cjs'), '--stdio'], { stdio: 'pipe' }),
      );
      await client.initialize();
      await client.until('the status', () => client.statuses.some(({ state }) => state === 'error'));
      assert.match(client.statuses.at(-1)?.message ?? '', /engine\.node\.cjs.*npm run build/);
      assert.equal(await client.stop(), 0);
    } finally {
      folder.remove();
    }
  });

  it('built for the extension: speaks over ipc and over a pipe', async () => {
    for (const transport of ['ipc', 'pipe'] as const) {
      client = await overTransport(`${root}dist/server.node.cjs`, transport);
      await client.initialize({ capabilities: PLAIN });
      await client.open('untitled:a', DISCARDED);
      await client.until('the leak', () => client.last('untitled:a')?.diagnostics.length === 1);
      assert.equal(await client.stop(), 0);
    }
  });
});
