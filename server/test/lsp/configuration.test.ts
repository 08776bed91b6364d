import assert from 'node:assert/strict';
import { Client, FULL, PLAIN } from './support/client.ts';
import { DISCARDED, OWN } from './support/go.ts';
import { TestWorkspace } from './support/workspace.ts';

const CONFIG = 'goroutine-hygiene.jsonc';

describe('configuration', function () {
  this.timeout(20_000);
  let folder: TestWorkspace;
  let client: Client;
  const open = async (options: Parameters<typeof Client.start>[0] = {}, name = 'a.go') => {
    client = await Client.start({ folders: [folder.uri], ...options });
    const uri = folder.file(name);
    await client.open(uri, DISCARDED);
    return uri;
  };
  const severities = async (uri: string) => (await client.diagnostics(uri)).map(({ severity }) => severity);
  const watched = (name: string, type = 2) =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.file(name), type }] });
  const changeSettings = (settings: unknown) => {
    client.settings = settings;
    return client.notify('workspace/didChangeConfiguration', { settings: null });
  };

  beforeEach(() => (folder = new TestWorkspace({ '.git/HEAD': '', 'go.mod': 'module example.com/demo\n\ngo 1.22\n' })));
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  it('comes from the editor and may change', async () => {
    const uri = await open({ settings: { rules: { 'lost-cancel': 'error' } } });
    assert.deepEqual(await severities(uri), [1]);
    await changeSettings({ rules: { 'lost-cancel': 'hint' } });
    await client.until('a refresh', () => client.refreshes === 1);
    assert.deepEqual(await severities(uri), [4]);
    await changeSettings({ enable: false });
    assert.deepEqual(await severities(uri), []);
  });

  it('keeps the old value of a bad setting and warns once', async () => {
    const uri = await open({ settings: { rules: { 'lost-cancel': 'error' } } });
    assert.deepEqual(await severities(uri), [1]);
    for (let round = 0; round < 2; round++) {
      await changeSettings({ rules: { 'lost-cancel': 'shout' } });
      assert.deepEqual(await severities(uri), [1]);
    }
    assert.equal(client.logged.filter((line) => line.includes('goroutineHygiene.rules')).length, 1);
  });

  it('is pushed by clients that cannot be asked', async () => {
    const uri = await open({ capabilities: PLAIN, options: { settings: { rules: { 'lost-cancel': 'error' } } } });
    await client.until('diagnostics', () => client.last(uri)?.diagnostics[0]?.severity === 1);
    const settings = { goroutineHygiene: { rules: { 'lost-cancel': 'information' } } };
    await client.notify('workspace/didChangeConfiguration', { settings });
    await client.until('the new severity', () => client.last(uri)?.diagnostics[0]?.severity === 3);
  });

  it('of the repository wins over the editor, the nearest file first', async () => {
    folder.write(CONFIG, '{ "rules": { "lost-cancel": "error" } } // all');
    folder.write(`inner/${CONFIG}`, '{ "rules": { "lost-cancel": "hint" }, }');
    const uri = await open({ settings: { rules: { 'lost-cancel': 'off' } } });
    const inner = folder.file('inner/b.go');
    await client.open(inner, DISCARDED);
    assert.deepEqual([await severities(uri), await severities(inner)], [[1], [4]]);
  });

  it('of the repository silences what it excludes, open or not', async () => {
    folder.write(CONFIG, '{ "exclude": ["generated"], "tests": false }');
    const uri = await open();
    const excluded = folder.file('generated/b.go');
    const test = folder.file('a_test.go');
    await client.open(excluded, DISCARDED);
    await client.open(test, DISCARDED);
    const counts = [await severities(uri), await severities(excluded), await severities(test)].map((s) => s.length);
    assert.deepEqual(counts, [1, 0, 0]);
  });

  it('is read anew when its file changes, and the old one stays while it is broken', async () => {
    const uri = await open();
    assert.deepEqual(await severities(uri), [2]);
    folder.write(CONFIG, '{ "rules": { "lost-cancel": "error" } }');
    await watched(CONFIG, 1);
    await client.until('a refresh', () => client.refreshes === 1);
    assert.deepEqual(await severities(uri), [1]);
    folder.write(CONFIG, '{ "rules": { "lost-cancle": "error" } }');
    await watched(CONFIG);
    assert.deepEqual(await severities(uri), [1]);
    await client.until('the reason', () => client.statuses.some(({ state }) => state === 'error'));
    assert.match(client.statuses.at(-1)?.message ?? '', /lost-cancle.*Did you mean "lost-cancel"/);
    assert.ok(client.logged.some((line) => line.includes(`${CONFIG}:1:`)));
    folder.write(CONFIG, '{ "rules": { "lost-cancel": "hint" } }');
    await watched(CONFIG);
    assert.deepEqual(await severities(uri), [4]);
    await client.until('all well', () => client.statuses.at(-1)?.state === 'ready');
  });

  it('makes findings of own functions come and go with the entries of its resources', async () => {
    const entry = '{ "acquire": "example.com/pool.Pool.Get", "release": ["Close"] }';
    client = await Client.start({ folders: [folder.uri] });
    const uri = folder.file('a.go');
    await client.open(uri, OWN);
    const codes = async () => (await client.diagnostics(uri)).map(({ code, severity }) => [code, severity]);
    assert.deepEqual(await codes(), []);
    folder.write(CONFIG, `{ "resources": [${entry}] }`);
    await watched(CONFIG, 1);
    assert.deepEqual(await codes(), [['resource-not-closed', 2]]);
    folder.write(CONFIG, `{ "resources": [${entry.replace('Close', 'Ping')}] }`);
    await watched(CONFIG);
    assert.deepEqual(await codes(), []);
    // What is wrong with one entry does not touch the others.
    folder.write(CONFIG, `{ "resources": [{ "acquire": "Get" }, ${entry}] }`);
    await watched(CONFIG);
    assert.deepEqual(await codes(), [['resource-not-closed', 2]]);
    await client.until('the reason', () => client.statuses.some(({ state }) => state === 'error'));
    assert.match(client.statuses.at(-1)?.message ?? '', /An entry of the configuration .* is left out: "Get" is not/);
    folder.write(CONFIG, '{}');
    await watched(CONFIG);
    assert.deepEqual(await codes(), []);
    await client.until('all well', () => client.statuses.at(-1)?.state === 'ready');
  });

  it('watches what matters', async () => {
    await open();
    await client.until('registrations', () => client.registrations.length === 2);
    const watcher = client.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles');
    const { watchers } = watcher?.registerOptions as { watchers: { globPattern: string }[] };
    const patterns = watchers.map(({ globPattern }) => globPattern);
    assert.deepEqual(patterns, ['**/*.go', '**/go.mod', '**/go.work', `**/${CONFIG}`]);
  });

  it('sees go.mod and sibling files change on disk', async () => {
    client = await Client.start({ server: 'scripted', folders: [folder.uri] });
    const uri = folder.file('a.go');
    await client.open(uri, 'package demo // LEAK(x)\n');
    const message = async () => (await client.diagnostics(uri))[0]?.message;
    assert.equal(await message(), 'x leaks in go 1.22');
    folder.write('go.mod', 'module example.com/demo\n\ngo 1.25\n');
    folder.write('b.go', 'package demo\n');
    assert.equal(await message(), 'x leaks in go 1.22');
    await watched('go.mod');
    await watched('b.go', 1);
    await client.until('a refresh', () => client.refreshes > 0);
    assert.equal(await message(), 'x leaks beside 1 in go 1.25');
    folder.remove('b.go');
    await watched('b.go', 3);
    assert.equal(await message(), 'x leaks in go 1.25');
  });

  it('asks no client to refresh that cannot', async () => {
    const { diagnostics: _, ...workspace } = FULL.workspace!;
    const uri = await open({ capabilities: { ...FULL, workspace } });
    await changeSettings({ rules: { 'lost-cancel': 'error' } });
    assert.deepEqual(await severities(uri), [1]);
    assert.equal(client.refreshes, 0);
  });

  it('belongs to each folder of a workspace with several', async () => {
    const other = new TestWorkspace({ [CONFIG]: '{ "rules": { "lost-cancel": "off" } }', '.git/HEAD': '' });
    try {
      const uri = await open();
      const event = { added: [{ uri: other.uri, name: 'other' }], removed: [] };
      await client.notify('workspace/didChangeWorkspaceFolders', { event });
      await client.open(other.file('a.go'), DISCARDED);
      assert.deepEqual([await severities(uri), await severities(other.file('a.go'))], [[2], []]);
    } finally {
      other.remove();
    }
  });

  it('chooses the language: the setting first, then the editor', async () => {
    const uri = await open({ options: { locale: 'zh-cn' } });
    const message = async () => String((await client.diagnostics(uri))[0]?.message);
    assert.match(await message(), /被丢弃/);
    await changeSettings({ locale: 'en' });
    assert.match(await message(), /is discarded/);
  });
});
