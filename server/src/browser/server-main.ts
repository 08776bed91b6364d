/** Entry point of the extension's language server in a web worker. The first message brings the grammar. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { version } from '../../package.json';
import { createEngine } from '../engine/engine.ts';
import { startServer } from '../lsp/server.ts';
import { RULES } from '../rules/registry.ts';

interface WasmMessage {
  type: 'wasm';
  runtime: Uint8Array;
  grammar: Uint8Array;
}

const worker = self as DedicatedWorkerGlobalScope;

function start({ data }: MessageEvent<WasmMessage>): void {
  if (data?.type !== 'wasm') return;
  worker.removeEventListener('message', start);
  // Made in the same turn, so that the client's next message finds its reader.
  const connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(worker),
    new BrowserMessageWriter(worker),
  );
  startServer(connection, {
    version,
    createEngine: () => createEngine(data, { incremental: true }),
    rules: () => Promise.resolve(RULES),
  });
}

worker.addEventListener('message', start);
