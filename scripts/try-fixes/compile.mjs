/**
 * Compiles packages with fixes, tests included, by an overlay: nothing is written to the sources. Files of packages that do not compile
 * by themselves here are left out. One go command compiles several fixes, but never two in the same package, nor one in a package
 * and one in what it needs: each is judged as if it were alone.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listCompiled, problemOf } from './go-list.mjs';
import { worldsOf } from './worlds.mjs';

/** Fixes that one go command compiles. */
const BATCH = 16;

/**
 * Adds the check `compiles` to trials, where it can be made; see `trial.mjs`.
 * @param {readonly import('./trial.mjs').Trial[]} trials
 * @param {(line: string) => void} say progress
 * @returns {AsyncGenerator<import('./trial.mjs').Trial>} each as soon as it is known
 */
export async function* compile(trials, say) {
  const temporary = mkdtempSync(join(tmpdir(), 'hygiene-compile-'));
  try {
    for await (const { world, sound, trials: members } of worldsOf(trials, say))
      for (const batch of batchesOf(members, sound)) {
        await compileTogether(world, sound, batch, temporary);
        yield* batch;
      }
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** Batches of fixes that cannot see each other, those of the packages with most fixes first so that batches stay full. */
function* batchesOf(trials, sound) {
  const byDirectory = new Map();
  for (const trial of trials) byDirectory.set(trial.directory, [...(byDirectory.get(trial.directory) ?? []), trial]);
  while (byDirectory.size > 0) {
    const batch = [];
    for (const [directory, waiting] of [...byDirectory].sort(([, a], [, b]) => b.length - a.length)) {
      if (batch.some((other) => related(sound.get(directory), sound.get(other.directory)))) continue;
      batch.push(waiting.pop());
      if (waiting.length === 0) byDirectory.delete(directory);
      if (batch.length === BATCH) break;
    }
    yield batch;
  }
}

function related(a, b) {
  return [...a.names].some((name) => b.deps.has(name)) || [...b.names].some((name) => a.deps.has(name));
}

async function compileTogether(world, sound, batch, temporary) {
  const replaced = batch.map(({ changes }, i) =>
    changes.map(({ path, after }, n) => {
      const edited = join(temporary, `${i}-${n}.go`);
      writeFileSync(edited, after);
      return [path, edited];
    }),
  );
  const overlay = join(temporary, 'overlay.json');
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(replaced.flat()) }));
  const listed = await listCompiled(
    world,
    batch.map(({ directory }) => directory),
    overlay,
  );
  batch.forEach(({ directory, checks }, i) => {
    const { paths } = sound.get(directory);
    const own = listed.filter(({ ImportPath }) => paths.has(ImportPath));
    const problem = own.map(problemOf).find((p) => p !== undefined);
    const said = replaced[i].reduce((text, [path, edited]) => text?.replaceAll(edited, path), problem);
    checks.compiles = said ?? (own.length === paths.size || 'the go command does not know the package any more');
  });
}
