/** Where and how the go command sees packages: as parts of modules, or in a GOPATH for code that comes without the modules it needs. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { listCompiled, problemOf } from './go-list.mjs';

/** Directories that are looked at by one go command: enough to share what it reads, few enough to see it go on. */
const BATCH = 40;

/**
 * A directory whose packages compile as they are.
 * @typedef {object} Sound
 * @property {Set<string>} paths import paths of the packages that do, variants for tests included
 * @property {Set<string>} files absolute
 * @property {Set<string>} deps import paths of what they need, without the marks of variants
 * @property {Set<string>} names `paths` without the marks of variants
 */

/**
 * Trials in files that are compiled here, by the way they are.
 * @param {readonly import('./trial.mjs').Trial[]} trials
 * @param {(line: string) => void} say progress
 * @returns {AsyncGenerator<{ world: { cwd: string, env: Record<string, string> }, sound: Map<string, Sound>, trials: object[] }>}
 */
export async function* worldsOf(trials, say) {
  const left = new Set(trials);
  for (const world of worlds(trials)) {
    const candidates = [...left].filter((trial) => world.holds(trial));
    if (candidates.length === 0) continue;
    const sound = await soundDirectories(world, candidates, say);
    const taken = candidates.filter(({ directory, changes }) =>
      changes.every(({ path }) => sound.get(directory)?.files.has(path)),
    );
    for (const trial of taken) left.delete(trial);
    if (taken.length > 0) yield { world, sound, trials: taken };
  }
}

/** All that were seen: code in one may need code in another. */
const roots = new Set();

function worlds(trials) {
  const moduleRoots = new Set(trials.map(({ moduleRoot }) => moduleRoot).filter((root) => root !== undefined));
  const modules = [...moduleRoots].map((cwd) => ({
    name: cwd,
    cwd,
    env: { GO111MODULE: 'on' },
    holds: ({ moduleRoot }) => moduleRoot === cwd,
  }));
  for (const { directory } of trials) {
    const root = goPathOf(directory);
    if (root !== undefined) roots.add(root);
  }
  const goPath = [...roots, process.env.GOPATH ?? ''].filter((path) => path).join(delimiter);
  return [
    ...modules,
    {
      name: `GOPATH=${goPath}`,
      cwd: tmpdir(),
      env: { GO111MODULE: 'off', GOPATH: goPath },
      holds: ({ directory }) => goPathOf(directory) !== undefined,
    },
  ];
}

let knownRoot;
function goRoot() {
  return (knownRoot ??= spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).stdout.trim());
}

/** The folder above the `src` that a directory lies in. */
function goPathOf(directory) {
  const at = directory.indexOf(`${sep}src${sep}`);
  return at < 0 || directory.startsWith(goRoot()) ? undefined : directory.slice(0, at);
}

/** Directory → what compiles there before any fix. */
async function soundDirectories(world, trials, say) {
  const directories = [...new Set(trials.map(({ directory }) => directory))];
  const sound = new Map();
  for (let from = 0; from < directories.length; from += BATCH) {
    const batch = directories.slice(from, from + BATCH);
    for (const pkg of await listCompiled(world, batch)) {
      if (problemOf(pkg) === undefined && pkg.Dir !== undefined) add(sound, pkg);
    }
    say(`${world.name}: compiled ${from + batch.length} of ${directories.length} folders as they are`);
  }
  return sound;
}

function add(sound, { ImportPath, Dir, GoFiles = [], CgoFiles = [], Deps = [] }) {
  const own = sound.get(Dir) ?? { paths: new Set(), files: new Set(), deps: new Set(), names: new Set() };
  sound.set(Dir, own);
  own.paths.add(ImportPath);
  own.names.add(withoutVariant(ImportPath));
  for (const name of [...GoFiles, ...CgoFiles]) own.files.add(join(Dir, name));
  for (const dep of Deps) own.deps.add(withoutVariant(dep));
}

/** `p [q.test]` is `p`, compiled for the tests of `q`. */
function withoutVariant(importPath) {
  return importPath.split(' ')[0];
}
