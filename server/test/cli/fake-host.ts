import type { Host, Terminal } from '../../src/cli/host.ts';
import { runProgram } from '../../src/cli/program.ts';
import { LocalAnalyzer } from '../../src/workspace/local-analyzer.ts';
import { join } from '../../src/workspace/paths.ts';
import { OFF_RULE, RULE } from '../report/support.ts';
import { FakeEngine } from '../workspace/fake-engine.ts';
import { MemoryFileSystem } from '../workspace/memory-file-system.ts';

export interface Run {
  code: number;
  out: string;
  err: string;
  engine: FakeEngine;
  /** Numbers of workers the scan asked for. */
  workers: number[];
}

/** Runs the program in `/r` on files in memory, with the fake engine. */
export async function run(
  files: Record<string, string | Uint8Array | null>,
  args: string[],
  more: Partial<Host> = {},
): Promise<Run> {
  const result: Run = { code: -1, out: '', err: '', engine: new FakeEngine(), workers: [] };
  const fs = new MemoryFileSystem({ '/r/': '', ...files });
  const terminal = (write: (text: string) => void): Terminal => ({ write, isTTY: false });
  const host: Host = {
    cwd: '/r',
    env: {},
    cores: 8,
    stdout: terminal((text) => (result.out += text)),
    stderr: terminal((text) => (result.err += text)),
    fs,
    signal: new AbortController().signal,
    resolve: (path) => join('/r', path),
    rules: async () => [RULE, OFF_RULE],
    createAnalyzer: async (workers) => {
      result.workers.push(workers);
      return Object.assign(new LocalAnalyzer(fs, result.engine), { close: async () => undefined });
    },
    runServer: async () => void (result.out += 'server runs'),
    ...more,
  };
  result.code = await runProgram(host, args);
  return result;
}
