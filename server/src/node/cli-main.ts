/** Entry point of the command line: `server/dist/cli.cjs`. */
import { availableParallelism } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { EXIT } from '../cli/host.ts';
import type { ClosableAnalyzer, Host, Terminal } from '../cli/host.ts';
import { runProgram } from '../cli/program.ts';
import { version } from '../cli/version.ts';
import { reasonOf } from '../workspace/notices.ts';
import { loadEngine } from './load-engine.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { tuneForScan } from './v8-settings.ts';

/** What a shell reports for a program whose reader went away. */
const EXIT_SIGPIPE = 141;

const abort = new AbortController();
const fs = new NodeFileSystem();
const posix = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

async function createAnalyzer(workers: number, timing: boolean): Promise<ClosableAnalyzer> {
  tuneForScan(workers);
  if (workers > 0) {
    const { WorkerPool } = await import('./worker-pool.ts');
    // The first Ctrl+C ends the scan in order; a second one finds no handler and ends the process at once.
    process.once('SIGINT', () => abort.abort());
    process.once('SIGTERM', () => abort.abort());
    return new WorkerPool(join(__dirname, 'worker.cjs'), workers, { timing });
  }
  const { createEngine } = await loadEngine();
  const { bundledGrammars, readGrammars } = await import('./grammar-files.ts');
  const { LocalAnalyzer } = await import('../workspace/local-analyzer.ts');
  const engine = await createEngine(readGrammars(bundledGrammars(__dirname)), { timing });
  return Object.assign(new LocalAnalyzer(fs, engine), { close: async () => undefined });
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `| head` closes the pipe early: that is no error worth a message.
    if (error.code === 'EPIPE') process.exit(EXIT_SIGPIPE);
    if (stream !== process.stderr) process.stderr.write(`error: cannot write the output: ${reasonOf(error)}\n`);
    process.exit(EXIT.error);
  });
  return {
    write: (text) => void stream.write(text),
    get isTTY() {
      return Boolean(stream.isTTY);
    },
    get columns() {
      return stream.columns;
    },
  };
}

const host: Host = {
  cwd: posix(process.cwd()),
  env: process.env,
  cores: availableParallelism(),
  stdout: terminal(process.stdout),
  stderr: terminal(process.stderr),
  fs,
  signal: abort.signal,
  resolve: (path) => posix(resolve(path)),
  rules: async () => (await loadEngine()).RULES,
  createAnalyzer,
  async runServer() {
    const { bundledGrammars } = await import('./grammar-files.ts');
    const { runStdioServer } = await import('./run-server.ts');
    runStdioServer({ grammars: bundledGrammars(__dirname), version });
  },
};

void runProgram(host, process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
