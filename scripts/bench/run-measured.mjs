import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('./usage.cjs', import.meta.url));

/**
 * Runs node with arguments and measures the process from start to exit.
 * @param {string[]} args script and its arguments
 * @param {string} [input] text for its stdin
 * @returns {Promise<{cpuMs: number, wallMs: number, peakMB: number, stdout: string, stderr: string, code: number | null}>}
 */
export async function runMeasured(args, input = '') {
  const folder = mkdtempSync(join(tmpdir(), 'hygiene-bench-'));
  const report = join(folder, 'usage.json');
  try {
    const child = spawn(process.execPath, ['--require', USAGE, ...args], {
      env: { ...process.env, BENCH_USAGE: report },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.stdin.end(input);
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { ...JSON.parse(readFileSync(report, 'utf8')), stdout, stderr, code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
