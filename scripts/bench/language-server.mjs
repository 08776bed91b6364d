import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lib/paths.mjs';

const require = createRequire(join(root, 'server', 'package.json'));
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-jsonrpc/node');

/**
 * Starts a language server and initializes it for a folder.
 * @param {string[]} command arguments for node
 * @param {string} folder absolute
 * @returns its connection, how long initialize took from the start of the process in milliseconds, and a way to end it
 */
export async function startServer(command, folder) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  // What a server asks of its client gets no answer that could change its work.
  connection.onRequest((method, params) =>
    method === 'workspace/configuration' ? params.items.map(() => null) : null,
  );
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'bench' }],
    capabilities: {
      textDocument: { diagnostic: { relatedDocumentSupport: false } },
      workspace: { configuration: true },
    },
  });
  const initializeMs = performance.now() - startedAt;
  await connection.sendNotification('initialized', {});
  return {
    connection,
    initializeMs,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
    },
  };
}
