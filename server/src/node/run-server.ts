/** Runs the language server in a node process. */
import { Console } from 'node:console';
import { createConnection, ProposedFeatures, type Connection } from 'vscode-languageserver/node';
import { version } from '../cli/version.ts';
import { startServer } from '../lsp/server.ts';
import { bundledGrammars, readGrammars } from './grammar-files.ts';
import { loadEngine } from './load-engine.ts';
import { NodeFileSystem } from './node-file-system.ts';

export interface RunOptions {
  /** Places to look for the wasm files, see `bundledGrammars`. */
  grammars: readonly string[];
  version: string;
}

/** For the bundle this code is part of. */
const BUNDLED: RunOptions = { grammars: bundledGrammars(__dirname), version };

/** Over the process's arguments: `--node-ipc`, `--stdio`, `--pipe=NAME` or `--socket=PORT`. Throws without one of them. */
export function runServer(options: RunOptions = BUNDLED): void {
  run(createConnection(ProposedFeatures.all), options);
}

/** Over standard input and output, whatever the arguments. Exits when the client says so, or goes away. */
export function runStdioServer(options: RunOptions = BUNDLED): void {
  // Standard output belongs to the protocol.
  globalThis.console = new Console(process.stderr);
  // The command line's own handlers only ask a scan to stop.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  run(createConnection(ProposedFeatures.all, process.stdin, process.stdout), options);
}

function run(connection: Connection, { grammars, version }: RunOptions): void {
  startServer(connection, {
    version,
    createEngine: async () => (await loadEngine()).createEngine(readGrammars(grammars), { incremental: true }),
    rules: async () => (await loadEngine()).RULES,
    fileSystem: new NodeFileSystem(),
  });
}
