import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import type { DocumentDiagnosticReport, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { ScanResult } from '../../src/lsp/protocol.ts';
import { startWorker } from './support/browser-worker.ts';
import { FULL } from './support/client.ts';
import { DISCARDED, OWN } from './support/go.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bundle = `${root}dist/server.browser.js`;
const FOLDER = 'vscode-vfs://github/owner/repo';

describe('language server in a web worker', function () {
  this.timeout(20_000);
  let connection: MessageConnection;
  afterEach(() => connection?.dispose());

  it('finds leaks in open files and in a scan without anything of Node', async () => {
    assert.ok(existsSync(bundle), `${bundle} is missing: run "npm run build"`);
    const [reader, writer] = startWorker(bundle, `${root}grammars`);
    connection = createMessageConnection(reader, writer);
    const published: PublishDiagnosticsParams[] = [];
    const config = '{ "resources": [{ "acquire": "example.com/pool.Pool.Get", "release": ["Close"] }] }';
    const files = new Map([
      [`${FOLDER}/pkg/a.go`, DISCARDED],
      [`${FOLDER}/pkg/own.go`, OWN],
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
    assert.deepEqual([result.files, result.findings, result.skipped], [2, 2, []]);
    assert.equal(published.find(({ uri }) => uri === `${FOLDER}/pkg/a.go`)?.diagnostics.length, 1);
    assert.equal(
      published.find(({ uri }) => uri === `${FOLDER}/pkg/own.go`)?.diagnostics[0]?.code,
      'resource-not-closed',
    );
    await connection.sendRequest('shutdown');
  });
});
