/** Our own findings: everything that the command line can find, with the level at which people see it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../lib/paths.mjs';

const CLI = join(root, 'server', 'bin', 'goroutine-hygiene.cjs');

/**
 * Scans a folder, with hints, with rules that are off by default, and in generated files.
 * @param {string} folder absolute
 * @returns {{rule: string, level: string, message: string, path: string, line: number, places: {path: string, line: number}[]}[]}
 */
export function ourFindings(folder) {
  const off = JSON.parse(run(['rules', '--json'])).flatMap(({ id, level }) => (level === 'off' ? [id] : []));
  const scratch = mkdtempSync(join(tmpdir(), 'hygiene-peers-'));
  try {
    const config = join(scratch, 'config.jsonc');
    const report = join(scratch, 'report.json');
    const rules = Object.fromEntries(off.map((id) => [id, 'hint']));
    writeFileSync(config, JSON.stringify({ rules, includeGenerated: true }));
    run(['scan', '--format', 'json', '--output', report, '--config', config, '--hints', '--fail-on', 'never', folder]);
    return read(JSON.parse(readFileSync(report, 'utf8')), new Set(off));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(args) {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (error || (status !== 0 && !args.includes('scan'))) throw new Error(error?.message ?? stderr);
  return stdout;
}

/**
 * @param {object} report of `scan --format json`
 * @param {ReadonlySet<string>} off rules that are off by default
 */
export function read(report, off) {
  const placeOf = ({ path, line }) => ({ path: resolve(report.root, path), line });
  // What a comment silences was found.
  return [...report.findings, ...report.suppressed].map((finding) => ({
    rule: finding.rule,
    level: off.has(finding.rule) ? 'off' : finding.severity === 'hint' ? 'hint' : 'shown',
    message: finding.message,
    ...placeOf(finding),
    places: [finding, ...finding.steps].map(placeOf),
  }));
}
