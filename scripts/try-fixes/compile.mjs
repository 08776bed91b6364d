/**
 * Compiles packages with fixes, tests included, by `go list -export -overlay`: nothing is written to the sources and nothing is
 * downloaded. A package that does not compile by itself here is left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';

/** Adds the check `compiles` to trials; see `trial.mjs`. */
export function compile(trials) {
  if (spawnSync('go', ['version']).error) {
    console.error('Go is not installed: nothing is compiled.');
    return;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'hygiene-compile-'));
  try {
    for (const [world, members] of byWorld(trials)) {
      const rounds = roundsOf(members);
      rounds.forEach((round, i) => {
        compileRound(world, round, temporary);
        console.error(`${world.name}: compiled ${i + 1} of ${rounds.length}`);
      });
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** Where and how the go command sees packages: modules, and a GOPATH for code that comes without the modules it needs. */
function worlds(trials) {
  const roots = new Set(trials.map(({ directory }) => goPathOf(directory)).filter((root) => root !== undefined));
  const goPath = {
    name: 'GOPATH',
    cwd: tmpdir(),
    env: { GO111MODULE: 'off', GOPATH: [...roots, process.env.GOPATH ?? ''].filter((path) => path).join(delimiter) },
  };
  const moduleRoots = new Set(trials.map(({ moduleRoot }) => moduleRoot).filter((root) => root !== undefined));
  const modules = [...moduleRoots].map((cwd) => ({ name: cwd, cwd, env: { GO111MODULE: 'on' } }));
  return { goPath, modules };
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

/** Trials whose file is compiled here, by the way it is: as part of its module, else by its place in a GOPATH. */
function byWorld(trials) {
  const { goPath, modules } = worlds(trials);
  const found = new Map();
  const take = (world, candidates) => {
    world.sound = soundPackages(world, candidates);
    const taken = candidates.filter(({ path }) => [...world.sound.values()].some((files) => files.has(path)));
    if (taken.length > 0) found.set(world, taken);
    return taken;
  };
  const left = new Set(trials);
  for (const module of modules) {
    const own = trials.filter(({ moduleRoot }) => moduleRoot === module.cwd);
    for (const trial of take(module, own)) left.delete(trial);
  }
  const others = [...left].filter(({ directory }) => goPathOf(directory) !== undefined);
  if (others.length > 0) take(goPath, others);
  return found;
}

/** Packages and variants for tests that compile as they are: import path → files. */
function soundPackages(world, trials) {
  const packages = list(world, directoriesOf(trials)).filter(({ Error, DepsErrors }) => !Error && !DepsErrors);
  return new Map(
    packages.map(({ ImportPath, Dir, GoFiles = [], CgoFiles = [] }) => [
      ImportPath,
      new Set([...GoFiles, ...CgoFiles].map((name) => join(Dir, name))),
    ]),
  );
}

function directoriesOf(trials) {
  return [...new Set(trials.map(({ directory }) => directory))];
}

/** Rounds in which each file has at most one fix. */
function roundsOf(trials) {
  const rounds = [];
  for (const trial of trials) {
    const round = rounds.find((r) => !r.has(trial.path));
    if (round) round.set(trial.path, trial);
    else rounds.push(new Map([[trial.path, trial]]));
  }
  return rounds.map((round) => [...round.values()]);
}

/** Compiles the fixes of a round together; those that fail once more by themselves, since one may break another. */
function compileRound(world, round, temporary) {
  const problems = compileTogether(world, round, temporary);
  for (const trial of round) {
    const alone = problems.has(trial) && round.length > 1 ? compileTogether(world, [trial], temporary) : problems;
    trial.checks.compiles = alone.get(trial) ?? true;
  }
}

/** What the compiler says against trials. */
function compileTogether(world, round, temporary) {
  const replace = Object.fromEntries(
    round.map(({ path, after }, i) => {
      const edited = join(temporary, `${i}.go`);
      writeFileSync(edited, after);
      return [path, edited];
    }),
  );
  const overlay = join(temporary, 'overlay.json');
  writeFileSync(overlay, JSON.stringify({ Replace: replace }));
  const packages = list(world, directoriesOf(round), ['-overlay', overlay]);
  const problems = new Map();
  for (const trial of round) {
    const own = packages.filter(({ ImportPath }) => world.sound.get(ImportPath)?.has(trial.path));
    const error = own.flatMap((pkg) => [pkg.Error, ...(pkg.DepsErrors ?? [])]).find((e) => e);
    if (error) problems.set(trial, error.Err.trim().split('\n').slice(0, 3).join(' | '));
    else if (own.length === 0) problems.set(trial, 'the go command does not know the package any more');
  }
  return problems;
}

/** The packages in directories with their variants for tests, compiled. */
function list({ cwd, env }, directories, flags = []) {
  const args = [
    'list',
    '-e',
    '-export',
    '-test',
    '-json=ImportPath,Dir,GoFiles,CgoFiles,Error,DepsErrors',
    ...flags,
    ...directories,
  ];
  const { stdout, stderr, error } = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOWORK: 'off', GOTOOLCHAIN: 'local', ...env },
  });
  if (error) throw error;
  try {
    return JSON.parse(`[${stdout.trim().replace(/^\}\n\{/gm, '},\n{')}]`);
  } catch (cause) {
    throw new Error(`go list: ${stderr}`, { cause });
  }
}
