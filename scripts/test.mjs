// npm test, npm run test:SUITE
// Sets up what is missing, builds, runs all suites (or those named) and sums up; the last line is `N passed, N failed[, N skipped]`.
// With REQUIRE_ALL=1 whatever could not run counts as failed, except in the suites MAY_SKIP names (separated by spaces).
// SUMMARY_FILE names a file for the sums as JSON.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { ensureBuilt, ensureDependencies, requireNode } from './lib/setup.mjs';
import { SUITES } from './lib/suites.mjs';

const NOT_AVAILABLE = 77;
const requireAll = process.env.REQUIRE_ALL === '1';
const maySkip = (process.env.MAY_SKIP ?? '').split(' ');
const results = mkdtempSync(join(tmpdir(), 'goroutine-hygiene-tests-'));

/** Runs one suite. A suite that ends without counts, or whose exit code and counts disagree, has at least one failure. */
function run(suite) {
  console.log(`\n── ${suite.name}: ${suite.title}`);
  const resultFile = join(results, `${suite.name}.json`);
  const started = Date.now();
  suite.setUp?.();
  const { status, signal, error } = spawnSync(process.execPath, suite.args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, RESULT_FILE: resultFile },
  });
  const seconds = (Date.now() - started) / 1000;
  let counts = { passed: 0, failed: 0, skipped: 0 };
  let note = '';
  try {
    counts = { ...counts, ...JSON.parse(readFileSync(resultFile, 'utf8')) };
  } catch {
    if (status !== NOT_AVAILABLE)
      note = `ended without a result (${error?.message ?? signal ?? `exit code ${status}`})`;
  }
  if (status === NOT_AVAILABLE) {
    counts.skipped = Math.max(counts.skipped, 1);
    note = 'could not run here, see above';
  } else if (status !== 0) {
    counts.failed = Math.max(counts.failed, 1);
  }
  if (note !== '' && status !== NOT_AVAILABLE) counts.failed = Math.max(counts.failed, 1);
  if (status === 0 && note === '' && counts.passed + counts.failed + counts.skipped === 0) {
    counts.failed = 1;
    note = 'ran no test';
  }
  if (requireAll && !maySkip.includes(suite.name)) {
    const { passed, failed, skipped } = counts;
    if (skipped > 0) note = `${note ? `${note}; ` : ''}${skipped} skipped although REQUIRE_ALL=1`;
    counts = { passed, failed: failed + skipped, skipped: 0 };
  }
  return { ...counts, name: suite.name, note, seconds };
}

/** The suites named on the command line, all when none is. */
function chosen(names) {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}. Suites: ${SUITES.map((suite) => suite.name).join(', ')}.`);
    process.exit(2);
  }
  return names.length > 0 ? SUITES.filter((suite) => names.includes(suite.name)) : SUITES;
}

const text = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

requireNode();
const suites = chosen(process.argv.slice(2));
if (!ensureDependencies() || !(await ensureBuilt())) {
  console.error('The tests cannot run: setting up or building failed, see above.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const outcomes = suites.map(run);
rmSync(results, { recursive: true, force: true });

console.log('\n── summary');
const total = { passed: 0, failed: 0, skipped: 0 };
for (const outcome of outcomes) {
  for (const key of Object.keys(total)) total[key] += outcome[key];
  const note = outcome.note ? `  (${outcome.note})` : '';
  console.log(`${outcome.name.padEnd(8)}${text(outcome)} in ${outcome.seconds.toFixed(1)} s${note}`);
}
if (process.env.SUMMARY_FILE) writeFileSync(process.env.SUMMARY_FILE, JSON.stringify(total));
console.log(text(total));
process.exitCode = total.failed > 0 ? 1 : 0;
