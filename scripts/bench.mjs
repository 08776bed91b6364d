// Measures the product and prints what it measured, all in one run:
//   npm run bench [-- DIRECTORY] [-- --runs N]
// DIRECTORY: Go code to scan; without it, the standard library of the Go toolchain on PATH.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureEdits } from './bench/edits.mjs';
import { startServer } from './bench/language-server.mjs';
import { listFiles } from './bench/list-files.mjs';
import { measurements } from './bench/measurements.mjs';
import { runMeasured } from './bench/run-measured.mjs';
import { root } from './lib/paths.mjs';

const CLI = join(root, 'server', 'bin', 'goroutine-hygiene.cjs');
const SERVER = [CLI, 'server', '--stdio'];
const FLOOR = join(root, 'scripts', 'bench', 'floor.mjs');
const START_RUNS = 9;
/** Scans that are measured: as CI runs them, and with everything that is known. `--jobs 1` works in the main thread. */
const SCANS = [
  { name: '1 worker', flags: ['--jobs', '1'], target: 0.6 },
  { name: '2 workers', flags: ['--jobs', '2'] },
  { name: '1, hints', flags: ['--jobs', '1', '--hints'] },
  { name: '2, hints', flags: ['--jobs', '2', '--hints'] },
];

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const runs = Math.max(1, Number(values.runs) || 1);

if (!existsSync(join(root, 'server', 'dist', 'cli.cjs'))) {
  console.error('Nothing to measure: run "npm run build" first.');
  process.exit(2);
}

printVersions();
await benchScan();
await benchStart();
await benchEdits();

function printVersions() {
  const require = createRequire(join(root, 'server', 'package.json'));
  const version = (name) => {
    const folder = [join(root, 'server'), root].map((each) => join(each, 'node_modules', name)).find(existsSync);
    return require(join(folder, 'package.json')).version;
  };
  line('tool', `goroutine-hygiene ${require('./package.json').version}, node ${process.version}`);
  line('parser', `web-tree-sitter ${version('web-tree-sitter')}, tree-sitter-go ${version('tree-sitter-go')}`);
  line('machine', `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, ${process.platform} ${release()}`);
  // Other work on the machine spoils wall times and latencies, CPU times less so.
  line('load', `${loadavg()[0].toFixed(1)} before the run`);
}

async function benchScan() {
  const corpus = findCorpus();
  if (!corpus) {
    console.log(
      '\nScan: skipped; there is no Go toolchain on PATH. Give a directory with Go code: npm run bench -- DIRECTORY',
    );
    return;
  }
  const files = await listFiles(corpus.folder);
  const input = JSON.stringify(files);
  // Interleaved, so that a slow moment of the machine does not hit one side only; the best of each is compared.
  const floors = [];
  const scans = SCANS.map(() => []);
  for (let run = 0; run < runs; run++) {
    floors.push(JSON.parse((await runMeasured([FLOOR], input)).stdout));
    for (const [i, { flags }] of SCANS.entries()) scans[i].push(await scanOnce(corpus.folder, flags));
  }
  const floor = best(floors, 'cpuMs');
  console.log(
    `\nScan of ${corpus.name}: ${files.length} files, ${(floor.bytes / 1e6).toFixed(1)} MB; best of ${runs} runs, files in the disk cache`,
  );
  line(
    'floor',
    `${seconds(floor.cpuMs)} CPU   web-tree-sitter parses every file, nothing else, one thread, start-up not counted`,
  );
  for (const [i, { name, target }] of SCANS.entries()) {
    const { cpuMs, findings } = best(scans[i], 'cpuMs');
    const { wallMs } = best(scans[i], 'wallMs');
    const peak = Math.max(...scans[i].map(({ peakMB }) => peakMB));
    const ratio = `${(cpuMs / floor.cpuMs).toFixed(2)} of the floor${target ? ` (target ${target.toFixed(2)})` : ''}`;
    line(
      name,
      `${seconds(cpuMs)} CPU, ${seconds(wallMs)} wall, ${ratio}, peak RSS ${peak.toFixed(0)} MB (target 400), ${findings} findings`,
    );
  }
  await benchModel(corpus.folder);
}

/** In a scan of its own, because taking the times is work, too. */
async function benchModel(folder) {
  const flags = ['--no-config', '--hints', '--quiet', '--statistics', '--timing', '--jobs', '1'];
  const { stderr, code } = await runMeasured([CLI, 'scan', ...flags, folder]);
  if (code !== 0 && code !== 1) throw new Error(`scan failed with exit code ${code}: ${stderr}`);
  const measured = measurements(stderr);
  const [functions, part, states] = ['functions explored', 'explored in part', 'states'].map((name) => {
    if (!/^\d+$/.test(measured.get(name) ?? '')) throw new Error(`scan --statistics does not print "${name}"`);
    return Number(measured.get(name));
  });
  console.log('\nExploring interleavings in that scan, 1 worker');
  line('functions', `${functions} explored, ${part} of them in part (over budget, beyond a bound, or not modelled)`);
  line('states', `${states}`);
  line('time', `${measured.get('function explored') ?? 'none'} for each function`);
}

/** The whole process counts, node's own start included. */
async function scanOnce(folder, flags) {
  const args = [CLI, 'scan', '--no-config', '--format', 'sarif', ...flags, folder];
  const { stdout, stderr, code, ...usage } = await runMeasured(args);
  if (code !== 0 && code !== 1) throw new Error(`scan failed with exit code ${code}: ${stderr}`);
  return { ...usage, findings: JSON.parse(stdout).runs[0].results.length };
}

async function benchStart() {
  const samples = [];
  for (let run = 0; run < START_RUNS; run++) {
    const server = await startServer(SERVER, tmpdir());
    samples.push(server.initializeMs);
    await server.stop();
  }
  console.log(`\nServer start to initialize response (server --stdio), ${START_RUNS} starts`);
  line(
    'initialize',
    `p50 ${percentile(samples, 50).toFixed(0)} ms, max ${Math.max(...samples).toFixed(0)} ms (target 200)`,
  );
}

async function benchEdits() {
  console.log(
    '\nEdit to diagnostics: a keystroke as incremental change over stdio until the pulled diagnostics arrive',
  );
  for (const size of [500, 2000, 10_000]) {
    const { lines, samples, findings } = await measureEdits(SERVER, size);
    const [p50, p95] = [50, 95].map((p) => percentile(samples, p).toFixed(1));
    const target = size === 2000 ? ' (target 15)' : '';
    line(
      `${lines} lines`,
      `p50 ${p50} ms, p95 ${p95} ms${target}   ${samples.length} keystrokes, ${findings} findings in the file`,
    );
    if (findings === 0) console.log('  warning: the generated leaks were not found, so this measures too little');
  }
}

/** The directory given, or the standard library. */
function findCorpus() {
  if (positionals[0] !== undefined) return { folder: resolve(positionals[0]), name: positionals[0] };
  try {
    const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
    const version = readFileSync(join(goroot, 'VERSION'), 'utf8').split('\n')[0];
    return { folder: join(goroot, 'src'), name: `the standard library of ${version}` };
  } catch {
    return undefined;
  }
}

function line(name, text) {
  console.log(`  ${name.padEnd(12)}${text}`);
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** The run with the smallest value. */
function best(list, key) {
  return list.reduce((a, b) => (b[key] < a[key] ? b : a));
}

/** Nearest rank. */
function percentile(samples, p) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
}
