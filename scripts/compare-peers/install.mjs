/** Finds the peers, or installs them below the ignored `.cache` of the checkout: never where the user's own programs are. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../lib/paths.mjs';

const CACHE = join(root, '.cache', 'peers');
const EXE = process.platform === 'win32' ? '.exe' : '';

/**
 * @param {object} peer an entry of `PEERS`
 * @param {boolean} mayInstall whether the network may be used
 * @returns {{path?: string, version: string, problem?: string}} without a path and without a problem for what comes with Go
 */
export function locate(peer, mayInstall) {
  if (peer.module === undefined) return { version: goVersion() };
  const folder = join(CACHE, `${peer.name}-${peer.version}`);
  const cached = join(folder, programOf(peer));
  if (existsSync(cached)) return { path: cached, version: peer.version };
  if (mayInstall) {
    const problem = install(peer, folder);
    return problem === undefined ? { path: cached, version: peer.version } : { version: peer.version, problem };
  }
  const found = onPath(programOf(peer));
  if (found !== undefined) return { path: found, version: `${versionOf(found, peer.module)} (PATH)` };
  return {
    version: peer.version,
    problem: `not installed: npm run compare-peers -- --install gets it, or: go install ${peer.package}@${peer.version}`,
  };
}

/** @returns {string | undefined} why it could not be installed */
function install({ name, module, version, tools, package: path }, folder) {
  console.error(`Installing ${name} ${version} …`);
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod', GOWORK: 'off', GO111MODULE: 'on' };
  const go = (...args) => {
    const { status, stderr, error } = spawnSync('go', args, { cwd: folder, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(error?.message ?? stderr.trim().split('\n').at(-1));
  };
  try {
    if (tools === undefined) {
      go('install', `${path}@${version}`);
    } else {
      writeFileSync(join(folder, 'go.mod'), 'module peer\n');
      go('get', `${module}@${version}`, `golang.org/x/tools@${tools}`);
      go('install', path);
    }
    return undefined;
  } catch (error) {
    return `could not be installed: ${error.message}`;
  }
}

function programOf({ package: path }) {
  return `${path.split('/').at(-1)}${EXE}`;
}

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find(existsSync);
}

/** The version of a module that a program was built from, which Go writes into it. */
function versionOf(program, module) {
  const { stdout } = spawnSync('go', ['version', '-m', program], { encoding: 'utf8' });
  const line = stdout?.split('\n').find((each) => each.split('\t')[2] === module);
  return line?.split('\t')[3] ?? 'of unknown version';
}

function goVersion() {
  return spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout.trim();
}
