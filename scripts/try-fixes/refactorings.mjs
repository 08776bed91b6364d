/** Applies the refactorings that are offered in one package, each alone. */
import { createEngine } from '../../server/src/engine/engine.ts';
import { applyEdits } from '../../server/src/fixes/apply.ts';
import { loadWasm } from '../../server/test/support/wasm.ts';
import { parseProblem, settings } from './trial.mjs';

const engine = await createEngine(await loadWasm());

/** Lines on which some refactoring may be offered: elsewhere the cursor is not put. */
const PLACES = /^.*(?:\bgo\b|\btime\.After\(|\bWaitGroup\b|^func\b).*$/gm;

/**
 * @param {object} pkg see `findPackages`
 * @param {readonly string[]} ids only these, or all when empty
 * @returns {import('./trial.mjs').Trial[]} with the check `parses`
 */
export function tryRefactorings(pkg, ids) {
  const { files, directory, goVersion, importPath, moduleRoot, requires } = pkg;
  const input = { files, goVersion, importPath, requires };
  const trials = [];
  const targets = new Set(pkg.targets ?? files.map(({ path }) => path));
  for (const { path, text } of files) {
    const seen = new Set();
    if (!targets.has(path)) continue;
    for (const { index, 0: line } of text.matchAll(PLACES)) {
      const start = index + Math.max(line.search(/\bgo\s|\btime\.After\(/), line.search(/\S/));
      for (const { id, title, edits } of engine.refactorings(input, settings, { path, start, end: start })) {
        const key = JSON.stringify([id, edits]);
        if (seen.has(key) || (ids.length > 0 && !ids.includes(id))) continue;
        seen.add(key);
        const after = applyEdits(text, edits);
        const where = `${path}:${text.slice(0, index).split('\n').length}`;
        const checks = { parses: parseProblem(text, after) ?? true };
        trials.push({
          rule: 'refactoring',
          fix: id,
          title,
          where,
          changes: [{ path, before: text, after }],
          directory,
          moduleRoot,
          checks,
        });
      }
    }
  }
  for (const { path } of files) engine.forget(path);
  return trials;
}
