import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import type {
  CodeAction,
  DocumentDiagnosticReport,
  PublishDiagnosticsParams,
  TextDocumentEdit,
} from 'vscode-languageserver';
import type { ScanResult } from '../../src/lsp/protocol.ts';
import { startWorker } from './support/browser-worker.ts';
import { FULL } from './support/client.ts';
import { DISCARDED, LISTENS, MAKES, OWN } from './support/go.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bundle = `${root}dist/server.browser.js`;
const FOLDER = 'vscode-vfs://github/owner/repo';

describe('language server in a web worker', function () {
  this.timeout(20_000);
  let connection: MessageConnection;
  afterEach(() => connection?.dispose());

  it('finds leaks in open files and in a scan, and repairs them in other files, without anything of Node', async () => {
    assert.ok(existsSync(bundle), `${bundle} is missing: run "npm run build"`);
    const [reader, writer] = startWorker(bundle, `${root}grammars`);
    connection = createMessageConnection(reader, writer);
    const published: PublishDiagnosticsParams[] = [];
    const config = '{ "resources": [{ "acquire": "example.com/pool.Pool.Get", "release": ["Close"] }] }';
    const files = new Map([
      [`${FOLDER}/pkg/a.go`, DISCARDED],
      [`${FOLDER}/pkg/own.go`, OWN],
      [`${FOLDER}/pkg/listens.go`, LISTENS],
      [`${FOLDER}/pkg/makes.go`, MAKES],
      [`${FOLDER}/pkg/goroutine-hygiene.jsonc`, config],
    ]);
    connection.onNotification('textDocument/publishDiagnostics', (params) => void published.push(params));
    connection.onRequest('goroutineHygiene/readFile', ({ uri }) => {
      const text = files.get(uri);
      return text === undefined ? null : { base64: Buffer.from(text).toString('base64') };
    });
    connection.onRequest('goroutineHygiene/findFiles', () => [...files.keys()]);
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.listen();
    const workspaceFolders = [{ uri: FOLDER, name: 'repo' }];
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: FULL,
      workspaceFolders,
    });
    await connection.sendNotification('initialized', {});

    const textDocument = { uri: 'untitled:a.go', languageId: 'go', version: 1, text: DISCARDED };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument });
    assert.ok(report.kind === 'full');
    assert.deepEqual(
      report.items.map(({ code }) => code),
      ['lost-cancel'],
    );

    const result = await connection.sendRequest<ScanResult>('goroutineHygiene/scan', {});
    assert.deepEqual([result.files, result.findings, result.skipped], [4, 3, []]);
    assert.equal(published.find(({ uri }) => uri === `${FOLDER}/pkg/a.go`)?.diagnostics.length, 1);
    assert.equal(
      published.find(({ uri }) => uri === `${FOLDER}/pkg/own.go`)?.diagnostics[0]?.code,
      'resource-not-closed',
    );
    const listens = { uri: `${FOLDER}/pkg/listens.go`, languageId: 'go', version: 1, text: LISTENS };
    await connection.sendNotification('textDocument/didOpen', { textDocument: listens });
    const range = { start: { line: 8, character: 3 }, end: { line: 8, character: 3 } };
    const params = { textDocument: { uri: listens.uri }, range, context: { diagnostics: [] } };
    const [action] = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
    const { edit } = await connection.sendRequest<CodeAction>('codeAction/resolve', action);
    const [change] = edit?.documentChanges as TextDocumentEdit[];
    assert.deepEqual(change?.textDocument, { uri: `${FOLDER}/pkg/makes.go`, version: null });
    await connection.sendRequest('shutdown');
  });
});
