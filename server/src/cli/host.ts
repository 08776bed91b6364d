/** What the commands need from the process they run in; `node/cli-main.ts` supplies it, tests supply their own. */
import type { Rule } from '../rules/rule.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import type { Analyzer } from '../workspace/scan.ts';

export interface Terminal {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in cells; absent when it is no terminal. */
  readonly columns?: number;
}

export interface Host {
  /** Absolute, `/`-separated. */
  cwd: string;
  env: Record<string, string | undefined>;
  /** Processor cores available. */
  cores: number;
  stdout: Terminal;
  stderr: Terminal;
  fs: FileSystem;
  /** Aborts on Ctrl+C while workers do the work; without them Ctrl+C ends the process at once. */
  signal: AbortSignal;
  /** Absolute, `/`-separated form of a path as typed. */
  resolve(path: string): string;
  rules(): Promise<readonly Rule[]>;
  /** Analyses in that many workers, or in this thread for 0. */
  createAnalyzer(workers: number, timing: boolean): Promise<ClosableAnalyzer>;
  /** Serves the language server protocol on stdin and stdout until the client ends it. */
  runServer(): Promise<void>;
}

export interface ClosableAnalyzer extends Analyzer {
  close(): Promise<void>;
}

/** Promised to scripts; see `docs/cli.md`. */
export const EXIT = { clean: 0, findings: 1, error: 2, interrupted: 130 } as const;

/** A mistake of the caller: the message is printed and the program ends with `EXIT.error`. */
export class UsageError extends Error {
  override name = 'UsageError';

  /** By name: commands are loaded lazily, and a loader may give them a copy of this class. */
  static is(error: unknown): error is UsageError {
    return error instanceof Error && error.name === 'UsageError';
  }
}
