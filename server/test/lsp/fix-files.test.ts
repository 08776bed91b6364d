/** Fixes that edit other files than the finding's, over the protocol. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction, Range, TextDocumentEdit, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Client, PLAIN } from './support/client.ts';
import { LISTENS, MAKES } from './support/go.ts';
import { TestWorkspace } from './support/workspace.ts';

const AT: Range = { start: { line: 8, character: 3 }, end: { line: 8, character: 3 } };
const TITLE = 'Give the channel a buffer of 1 (in `makes.go`)';

describe('code actions for other files', function () {
  this.timeout(20_000);
  let folder: TestWorkspace;
  let client: Client;
  let [listens, makes] = ['', ''];

  const start = async (options: Parameters<typeof Client.start>[0] = {}) => {
    client = await Client.start({ folders: [folder.uri], ...options });
    await client.open(listens, LISTENS);
  };
  beforeEach(() => {
    folder = new TestWorkspace({
      'go.mod': 'module example.com/demo\n\ngo 1.22\n',
      'listens.go': LISTENS,
      'makes.go': MAKES,
    });
    [listens, makes] = [folder.file('listens.go'), folder.file('makes.go')];
  });
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  const resolve = (action: CodeAction | undefined) => client.request<CodeAction>('codeAction/resolve', action);
  const offered = async () => (await client.actions(listens, AT)).find(({ title }) => title === TITLE);

  /** The text of `makes.go` after the action, which edits nothing else. */
  function applied(text: string, { edit }: CodeAction, version: number | null): string {
    const [change, ...more] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(more, []);
    assert.deepEqual(change?.textDocument, { uri: makes, version });
    return afterEdits(text, change?.edits as TextEdit[]);
  }
  const afterEdits = (text: string, edits: TextEdit[]) =>
    TextDocument.applyEdits(TextDocument.create(makes, 'go', 1, text), edits);
  const repaired = (text: string) => text.replace('make(chan os.Signal)', 'make(chan os.Signal, 1)');

  it('edit a file that is not open where it is on disk', async () => {
    await start();
    const action = await offered();
    assert.equal(action?.edit, undefined);
    assert.equal(applied(MAKES, await resolve(action), null), repaired(MAKES));
  });

  it('edit an open file in its version', async () => {
    await start();
    const text = `${MAKES}\n// ${MAKES.length}\n`;
    await client.open(makes, text, 7);
    const action = await offered();
    assert.equal(applied(text, await resolve(action), 7), repaired(text));
    const more = `// More.\n${text}`;
    await client.change(makes, 8, { text: more });
    assert.equal(applied(more, await resolve(action), 8), repaired(more));
    await client.change(makes, 9, { text: repaired(more) });
    await assert.rejects(resolve(action), { code: -32801 });
  });

  it('refuse to edit a file that has changed on disk, and know it from then on', async () => {
    await start();
    const action = await offered();
    const text = `// More.\n${MAKES}`;
    folder.write('makes.go', text);
    await assert.rejects(resolve(action), { code: -32801 });
    assert.equal(applied(text, await resolve(await offered()), null), repaired(text));
    folder.remove('makes.go');
    assert.equal(await offered(), undefined);
  });

  it('fix all, in all files', async () => {
    const own = '\nfunc own() {\n\tc := make(chan os.Signal)\n\tsignal.Notify(c, syscall.SIGHUP)\n\t<-c\n}\n';
    await start();
    const text = LISTENS.replace('import (', 'import (\n\t"os"') + own;
    await client.change(listens, 2, { text });
    const [all] = await client.actions(listens, AT, { only: ['source.fixAll'] });
    const changes = ((await resolve(all)).edit?.documentChanges ?? []) as TextDocumentEdit[];
    const texts = new Map(changes.map(({ textDocument: { uri }, edits }) => [uri, edits as TextEdit[]]));
    assert.deepEqual([...texts.keys()].sort(), [listens, makes]);
    assert.equal(afterEdits(MAKES, texts.get(makes)!), repaired(MAKES));
    assert.equal(afterEdits(text, texts.get(listens)!), repaired(text));
  });

  it('fix all that can be fixed when a file has changed', async () => {
    await start();
    const [all] = await client.actions(listens, AT, { only: ['source.fixAll'] });
    folder.write('makes.go', repaired(MAKES));
    assert.deepEqual((await resolve(all)).edit?.documentChanges, []);
  });

  it('come at once for clients that do not resolve', async () => {
    await start({ capabilities: PLAIN });
    const changes = (await offered())?.edit?.changes ?? {};
    assert.deepEqual(Object.keys(changes), [makes]);
    assert.equal(afterEdits(MAKES, changes[makes]!), repaired(MAKES));
  });

  it('never leave the workspace', async () => {
    const other = new TestWorkspace();
    try {
      await start({ folders: [other.uri] });
      assert.equal((await client.diagnostics(listens)).length, 1);
      assert.equal(await offered(), undefined);
      other.write('elsewhere.go', MAKES);
      folder.remove('makes.go');
      symlinkSync(join(other.path, 'elsewhere.go'), join(folder.path, 'makes.go'));
      client.process.kill('SIGKILL');
      await start();
      assert.equal((await client.diagnostics(listens)).length, 1);
      assert.equal(await offered(), undefined);
    } finally {
      other.remove();
    }
  });

  it('do not touch generated files, nor such as are not UTF-8', async () => {
    folder.write('makes.go', `// Code generated by hand. DO NOT EDIT.\n\n${MAKES}`);
    await start();
    assert.equal((await client.diagnostics(listens)).length, 1);
    assert.equal(await offered(), undefined);
    folder.write('makes.go', Buffer.concat([Buffer.from(MAKES), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])]));
    await client.save(listens);
    assert.equal((await client.diagnostics(listens)).length, 1);
    assert.equal(await offered(), undefined);
  });
});
