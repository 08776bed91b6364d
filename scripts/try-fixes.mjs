// Applies every fix that is offered in some Go code, each alone and in memory only, and checks what comes of it:
//   npm run try-fixes -- [--compile] [--show] [--refactorings] [--rule ID]… [--record FILE] DIR…
// Exit code 1 when a fix fails a check. With --compile, packages that the Go toolchain at hand can build without downloads are
// compiled with each fix, tests included. --show prints each fix as a diff, for reading. --refactorings tries those in the place of
// fixes; --rule then names one of them. --record keeps what came of each fix in FILE: what it says was compiled is not compiled
// again, and without a DIR its table is printed.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate as signalsHandled } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compile } from './try-fixes/compile.mjs';
import { diff } from './try-fixes/diff.mjs';
import { checkFormat } from './try-fixes/gofmt.mjs';
import { findPackages } from './try-fixes/packages.mjs';
import { addToRecord, keyOf, readRecord } from './try-fixes/record.mjs';
import { tryRefactorings } from './try-fixes/refactorings.mjs';
import { failuresOf, lineOf, table } from './try-fixes/report.mjs';
import { tryFixes } from './try-fixes/trial.mjs';

const USAGE = 'npm run try-fixes -- [--compile] [--show] [--refactorings] [--rule ID]… [--record FILE] DIR…';

/** Where the person typed the command; npm itself changes to the package's folder. */
const cwd = process.env.INIT_CWD ?? process.cwd();
const { values, positionals } = parseArgs({
  options: {
    compile: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    refactorings: { type: 'boolean', default: false },
    rule: { type: 'string', multiple: true, default: [] },
    record: { type: 'string' },
  },
  allowPositionals: true,
});
const targets = positionals.map((path) => resolve(cwd, path));
const recordPath = values.record === undefined ? undefined : resolve(cwd, values.record);
const known = recordPath === undefined ? new Map() : readRecord(recordPath);
const trials = [];
/** Fixes that are tried before they are compiled: enough for full batches, few enough for results to come early. */
const SLICE = 200;

checkArguments();
process.once('SIGINT', () => interrupted(130));
process.once('SIGTERM', () => interrupted(143));
if (targets.length === 0) trials.push(...known.values());
else await tryAll();
process.exitCode = conclude();

function checkArguments() {
  const problems = targets
    .filter((path) => !statSync(path, { throwIfNoEntry: false }))
    .map((path) => `There is no ${path}. Name a folder with Go files.`);
  if (targets.length === 0 && known.size === 0) problems.push(`usage: ${USAGE}`);
  if (values.compile && spawnSync('go', ['version']).error)
    problems.push('There is no go command to compile with. Put one into PATH, or leave out --compile.');
  if (problems.length === 0) return;
  console.error(problems.join('\n'));
  process.exit(2);
}

async function tryAll() {
  let waiting = [];
  for await (const pkg of findPackages(targets)) {
    const own = values.refactorings ? tryRefactorings(pkg, values.rule) : await tryFixes(pkg, values.rule);
    checkFormat(own);
    for (const trial of own) {
      trials.push(trial);
      note(trial, '');
      if (values.show) show(trial);
    }
    waiting.push(...own);
    if (waiting.length >= SLICE) {
      await compileAll(waiting);
      waiting = [];
    }
    // Nothing above need wait for anything, and Ctrl+C would go unheard.
    await signalsHandled();
  }
  await compileAll(waiting);
}

async function compileAll(slice) {
  if (!values.compile) return;
  const fresh = slice.filter((trial) => !takeFromRecord(trial));
  if (fresh.length < slice.length) console.error(`${slice.length - fresh.length} of these were compiled before`);
  for await (const trial of compile(fresh, (line) => console.error(line))) note(trial, 'compiled: ');
}

/** What changes in other files than the finding's stands under their paths. */
function show({ where, changes }) {
  for (const { path, before, after } of changes)
    console.log(`${where.startsWith(`${path}:`) ? '' : `${path}\n`}${diff(before, after)}`);
}

/** Says what is known of a trial by now, on the screen and in the record. */
function note(trial, before) {
  console.log(`${before}${lineOf(trial)}`);
  if (recordPath !== undefined) addToRecord(recordPath, trial);
}

/** Whether the record says that this change compiles. What failed is compiled again: the reason may have been another. */
function takeFromRecord(trial) {
  if (known.get(keyOf(trial))?.checks.compiles !== true) return false;
  trial.checks.compiles = true;
  if (recordPath !== undefined) addToRecord(recordPath, trial);
  return true;
}

/** Prints table and failures; returns the exit code. */
function conclude() {
  console.log(table(trials));
  const failures = trials.flatMap(failuresOf);
  for (const line of failures) console.log(line);
  return failures.length > 0 ? 1 : 0;
}

function interrupted(code) {
  console.error(`Interrupted: ${trials.length} fixes were tried so far.`);
  conclude();
  process.exit(code);
}
