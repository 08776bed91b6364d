// Applies every fix that is offered in some Go code, each alone and in memory only, and checks what comes of it:
//   npm run try-fixes -- [--compile] [--show] [--refactorings] [--rule ID]… DIR…
// Exit code 1 when a fix fails a check. With --compile, packages that the Go toolchain at hand can build without downloads are
// compiled with each fix, tests included. --show prints each fix as a diff, for reading. --refactorings tries those in the place of
// fixes; --rule then names one of them.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './try-fixes/compile.mjs';
import { diff } from './try-fixes/diff.mjs';
import { checkFormat } from './try-fixes/gofmt.mjs';
import { findPackages } from './try-fixes/packages.mjs';
import { tryRefactorings } from './try-fixes/refactorings.mjs';
import { failuresOf, table } from './try-fixes/report.mjs';
import { tryFixes } from './try-fixes/trial.mjs';

/** Where the person typed the command; npm itself changes to the package's folder. */
const cwd = process.env.INIT_CWD ?? process.cwd();
const { values, positionals } = parseArgs({
  options: {
    compile: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    refactorings: { type: 'boolean', default: false },
    rule: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
});
const targets = positionals.map((path) => resolve(cwd, path));
const missing = targets.filter((path) => !statSync(path, { throwIfNoEntry: false }));
if (targets.length === 0 || missing.length > 0) {
  for (const path of missing) console.error(`There is no ${path}.`);
  console.error('usage: npm run try-fixes -- [--compile] [--show] [--refactorings] [--rule ID]… DIR…');
  process.exit(2);
}

const trials = [];
for await (const pkg of findPackages(targets)) {
  for (const trial of values.refactorings ? tryRefactorings(pkg, values.rule) : await tryFixes(pkg, values.rule)) {
    trials.push(trial);
    if (values.show)
      console.log(`${trial.where} ${trial.rule} ${trial.fix}: ${trial.title}\n${diff(trial.before, trial.after)}`);
  }
}
checkFormat(trials);
if (values.compile) compile(trials);

console.log(table(trials));
const failures = trials.flatMap(failuresOf);
for (const line of failures) console.log(line);
process.exitCode = failures.length > 0 ? 1 : 0;
