/** What open documents learn from the packages they import, on a disk and where only the client has files. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { startWorker } from './support/browser-worker.ts';
import { Client, FULL } from './support/client.ts';
import { TestWorkspace } from './support/workspace.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = 'vscode-vfs://github/owner/repo';

const GO_MOD = 'module example.com/demo\n\ngo 1.22\n';
const FETCH = `package app

import (
	"net/http"

	"example.com/demo/help"
)

func fetch(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return help.Check(resp)
}
`;
const CLOSING = `package help

import "net/http"

func Check(resp *http.Response) error { return resp.Body.Close() }
`;
const KEEPING = CLOSING.replace('return resp.Body.Close()', 'println(resp.Status); return nil');

describe('packages that open documents import', function () {
  this.timeout(20_000);

  describe('on a disk', () => {
    let folder: TestWorkspace;
    let client: Client;
    const changed = (name: string, type = 2) =>
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.file(name), type }] });
    const codes = async (uri: string) => (await client.diagnostics(uri)).map(({ code }) => code);

    beforeEach(async () => {
      folder = new TestWorkspace({ 'go.mod': GO_MOD, 'help/help.go': CLOSING });
      client = await Client.start({ folders: [folder.uri] });
    });
    afterEach(() => {
      client.process.kill('SIGKILL');
      folder.remove();
    });

    it('are read anew when they change, and what is open is shown anew', async () => {
      const uri = folder.file('app/a.go');
      await client.open(uri, FETCH);
      assert.deepEqual(await codes(uri), []);
      folder.write('help/help.go', KEEPING);
      await changed('help/help.go');
      await client.until('a refresh', () => client.refreshes === 1);
      assert.deepEqual(await codes(uri), ['response-body-not-closed']);
      folder.remove('help/help.go');
      await changed('help/help.go', 3);
      await client.until('a refresh', () => client.refreshes === 2);
      assert.deepEqual(await codes(uri), []);
      folder.write('help/new.go', KEEPING);
      await changed('help/new.go', 1);
      await client.until('a refresh', () => client.refreshes === 3);
      assert.deepEqual(await codes(uri), ['response-body-not-closed']);
    });

    it('count as they were saved', async () => {
      const [uri, help] = [folder.file('app/a.go'), folder.file('help/help.go')];
      await client.open(uri, FETCH);
      await client.open(help, CLOSING);
      assert.deepEqual(await codes(uri), []);
      await client.change(help, 2, { text: KEEPING });
      assert.deepEqual(await codes(uri), []);
      folder.write('help/help.go', KEEPING);
      await client.save(help);
      await client.until('a refresh', () => client.refreshes === 1);
      assert.deepEqual(await codes(uri), ['response-body-not-closed']);
    });

    it('make nobody ask again when no open document imports them', async () => {
      const uri = folder.file('app/a.go');
      await client.open(uri, FETCH);
      assert.deepEqual(await codes(uri), []);
      folder.write('other/x.go', 'package other\n');
      await changed('other/x.go', 1);
      folder.write('help/help.go', KEEPING);
      await changed('help/help.go');
      await client.until('a refresh', () => client.refreshes > 0);
      assert.equal(client.refreshes, 1);
    });
  });

  describe('in a web worker', () => {
    let connection: MessageConnection;
    afterEach(() => connection?.dispose());

    it('are asked for, as far as they lead', async () => {
      const [reader, writer] = startWorker(`${root}dist/server.browser.js`, `${root}grammars`);
      connection = createMessageConnection(reader, writer);
      const deeper = 'package help\n\nimport "example.com/demo/deep"\n\ntype Checker struct{ deep.Checker }\n';
      const files = new Map([
        [`${FOLDER}/go.mod`, GO_MOD],
        [`${FOLDER}/help/help.go`, deeper],
        [
          `${FOLDER}/deep/deep.go`,
          KEEPING.replace('package help', 'package deep\n').replace(
            'func Check',
            'type Checker struct{}\n\nfunc (Checker) Check',
          ),
        ],
      ]);
      connection.onRequest('goroutineHygiene/readFile', ({ uri }) => {
        const text = files.get(uri);
        return text === undefined ? null : { base64: Buffer.from(text).toString('base64') };
      });
      connection.onRequest('goroutineHygiene/findFiles', () => [...files.keys()]);
      connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
      connection.onRequest('client/registerCapability', () => null);
      connection.listen();
      const workspaceFolders = [{ uri: FOLDER, name: 'repo' }];
      const initialize = { processId: null, rootUri: null, capabilities: FULL, workspaceFolders };
      await connection.sendRequest('initialize', initialize);
      await connection.sendNotification('initialized', {});
      const text = FETCH.replace('func fetch(', 'func fetch(h help.Checker, ').replace('help.Check(', 'h.Check(');
      const textDocument = { uri: `${FOLDER}/app/a.go`, languageId: 'go', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument,
      });
      assert.ok(report.kind === 'full');
      assert.deepEqual(
        report.items.map(({ code }) => code),
        ['response-body-not-closed'],
      );
      await connection.sendRequest('shutdown');
    });
  });
});
