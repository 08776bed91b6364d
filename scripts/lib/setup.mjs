/**
 * Gets a checkout ready: installs what the lockfile names and builds when sources are newer than the bundles.
 * Plain Node, so that it works before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Ends the process with a plain message when Node is too old. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  console.error(`Node 20 or newer is needed; this is ${process.version}. See https://nodejs.org/.`);
  process.exit(2);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** True when every package of the lockfile is installed in the version it names; npm keeps its own list in node_modules. */
function dependenciesAreCurrent() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      !path.includes('node_modules/') || entry.optional || entry.link || installed[path]?.version === entry.version,
  );
}

/**
 * Installs the dependencies unless they are there. npm's output goes to stderr, so that stdout holds results only.
 * @returns {boolean} false when npm failed; it has said why
 */
export function ensureDependencies() {
  if (dependenciesAreCurrent()) return true;
  console.error('Installing dependencies (npm ci) …');
  const { status, error } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // npm is a .cmd file there, which only a shell starts.
    shell: process.platform === 'win32',
  });
  if (error) console.error(`npm could not be started: ${error.message}`);
  return status === 0;
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), 0);
}

/** @returns {Promise<boolean>} true when a bundle is missing or older than a source */
async function isStale() {
  const { BUNDLES } = await import('./bundles.mjs');
  const outputs = BUNDLES.map((bundle) => join(root, bundle.outfile));
  if (!outputs.every((file) => existsSync(file))) return true;
  const inputs = [
    'client/src',
    'server/src',
    'grammars',
    'scripts/build.mjs',
    'scripts/lib/bundles.mjs',
    'package-lock.json',
  ];
  const built = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return Math.max(...inputs.map((path) => newest(join(root, path)))) > built;
}

/**
 * Builds unless the bundles are newer than the sources.
 * @returns {Promise<boolean>} false when the build failed; it has said why
 */
export async function ensureBuilt() {
  if (!(await isStale())) return true;
  console.error('Building …');
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}
