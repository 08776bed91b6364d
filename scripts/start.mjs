// npm start [-- DIR… [options of `goroutine-hygiene scan`]]
// Sets up what is missing, builds, and scans the folders (default: the demo module).
// Exit code 0 when the scan worked, whether or not it found something, and 2 when it failed; the command line itself exits 1 for findings,
// which npm would show as an error.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root } from './lib/paths.mjs';
import { ensureBuilt, ensureDependencies, requireNode } from './lib/setup.mjs';

/** Where the person typed the command; npm itself changes to the package's folder. */
const cwd = process.env.INIT_CWD ?? process.cwd();

/**
 * True when the arguments name something to scan. After `--option` a word may be the option's value, so there it counts only
 * if it looks like Go: a folder, a .go file or a pattern such as ./...; elsewhere it counts even if it does not exist, and the command line says so.
 */
function namesTarget(args) {
  return args.some((arg, i) => {
    if (arg.startsWith('-')) return false;
    if (!args[i - 1]?.startsWith('-') || /(\.go|\.\.\.)$/.test(arg)) return true;
    return statSync(resolve(cwd, arg), { throwIfNoEntry: false })?.isDirectory() ?? false;
  });
}

requireNode();
if (!ensureDependencies() || !(await ensureBuilt())) process.exit(2);

const args = process.argv.slice(2);
const demo = relative(cwd, join(root, 'test-fixtures', 'demo'));
const targets = namesTarget(args) ? [] : [demo];
if (targets.length > 0) console.error(`Scanning the demo module ${demo}. For your own code: npm start -- DIR\n`);

const cli = join(root, 'server', 'bin', 'goroutine-hygiene.cjs');
const { status, error } = spawnSync(process.execPath, [cli, 'scan', ...targets, ...args], { cwd, stdio: 'inherit' });
if (error) console.error(error.message);
if (status === 1)
  console.error('\nFindings were reported. In CI, `npx goroutine-hygiene scan` exits with code 1 for them.');
process.exitCode = status === 0 || status === 1 ? 0 : 2;
