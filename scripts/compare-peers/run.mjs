/** Runs the Go toolchain and the peers on the packages of a folder. Nothing is downloaded for the code that is compared. */
import { spawnSync } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import { findingsOf } from './parse.mjs';

const ENV = { ...process.env, GOPROXY: 'off', GOTOOLCHAIN: 'local' };

/**
 * The packages below a folder that build, and their files, tests included. Other files are left out on both sides: a peer cannot load them.
 * @param {string} folder absolute, in a module or in a GOPATH
 * @returns {{packages: string[], files: Set<string>, broken: string[]}} `broken`: packages that do not build, whole or with their tests
 */
export function listPackages(folder) {
  const fields = 'ImportPath,ForTest,Dir,GoFiles,CgoFiles,Error,DepsErrors';
  const { stdout, stderr, error } = execute(folder, [
    'go',
    'list',
    '-e',
    '-test',
    '-export',
    `-json=${fields}`,
    './...',
  ]);
  if (error) throw new Error(error.message);
  const packages = new Set();
  const files = new Set();
  const broken = new Set();
  for (const entry of stdout.split(/^(?=\{$)/m).filter((text) => text.trim() !== '')) {
    const { ImportPath, ForTest, Dir, GoFiles = [], CgoFiles = [], Error: fault, DepsErrors } = JSON.parse(entry);
    // A package with its tests is `path [path.test]`.
    const path = ForTest ?? ImportPath;
    if (fault || DepsErrors) {
      broken.add(path.replace(/\.test$/, ''));
      continue;
    }
    // Without any there is nothing but files for other systems. Those of the program that runs the tests are generated, with absolute paths.
    const own = [...GoFiles, ...CgoFiles].filter((file) => !isAbsolute(file));
    if (own.length > 0) packages.add(path);
    for (const file of own) files.add(join(Dir, file));
  }
  if (packages.size === 0) throw new Error(stderr.trim() || 'no package builds here');
  return { packages: [...packages], files, broken: [...broken] };
}

/**
 * @param {object} peer an entry of `PEERS`
 * @param {string | undefined} path its program
 * @returns {{findings: object[], problem?: string}} a problem when it ended in a way that leaves findings out
 */
export function runPeer(peer, path, folder, packages) {
  const { stdout, stderr, status, error } = execute(folder, [...peer.args(path), ...packages]);
  if (error) return { findings: [], problem: error.message };
  const text = peer.output === 'text' ? `${stdout}\n${stderr}` : stdout;
  const findings = findingsOf(peer, text, folder);
  const crash = /^(?:panic: |fatal error: ).*/m.exec(stderr)?.[0];
  const failed = crash ?? (status !== 0 && findings.length === 0 ? firstLine(stderr) : undefined);
  return { findings, problem: failed };
}

function execute(folder, [program, ...args]) {
  return spawnSync(program, args, { cwd: folder, env: ENV, encoding: 'utf8', maxBuffer: Infinity });
}

function firstLine(text) {
  return text.trim().split('\n')[0] || undefined;
}
