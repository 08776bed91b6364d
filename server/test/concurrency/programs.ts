/** The pairs of programs under `test-fixtures/concurrency`: where they are and which of their lines block for ever. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROGRAMS = fileURLToPath(new URL('../../../test-fixtures/concurrency', import.meta.url));

/** Path of the Go module the programs are in. */
export const MODULE = 'example.com/concurrency';

/** The names a mark may use. */
export const RULES = [
  'abandoned-send',
  'surplus-senders',
  'double-send',
  'never-closed-range',
  'close-skipped',
  'receive-without-sender',
  'producer-outlives-consumer',
  'nil-channel',
  'waitgroup-missing-done',
  'wait-before-drain',
  'wait-in-spawn-loop',
  'missing-unlock',
  'double-lock',
  'lock-order',
  'blocking-under-lock',
  'cond-wait',
  'once-recursion',
];

export type Twin = 'leaky' | 'fixed';

/** An operation that never completes. */
export interface Mark {
  /** 1-based. */
  line: number;
  /** Rules that may report it. */
  rules: string[];
}

/** One twin of a program: a package of its own. */
export interface Program {
  /** `group/name/twin`, which is also the path of the package in the module. */
  path: string;
  name: string;
  twin: Twin;
  directory: string;
  /** Base name of the program file; the other file of the package is `drive.go`. */
  file: string;
}

/** All programs in the order of their paths. */
export function programs(): Program[] {
  const found: Program[] = [];
  for (const group of folders(PROGRAMS))
    for (const name of folders(join(PROGRAMS, group)))
      for (const twin of folders(join(PROGRAMS, group, name)) as Twin[])
        found.push({
          path: `${group}/${name}/${twin}`,
          name,
          twin,
          directory: join(PROGRAMS, group, name, twin),
          file: `${name}.go`,
        });
  return found;
}

/** The `// blocked: rule|rule` comments of a Go file. */
export function marks(path: string): Mark[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((text, index) => {
    const match = /\/\/ blocked:\s*(.*)$/.exec(text);
    return match ? [{ line: index + 1, rules: match[1]!.split('|') }] : [];
  });
}

function folders(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
