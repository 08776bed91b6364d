/** Applies the refactorings that are offered in one package, each alone. */
import { createEngine } from '../../server/src/engine/engine.ts';
import { editsByFile } from '../../server/src/engine/finding.ts';
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
      for (const found of engine.refactorings(input, settings, { path, start, end: start })) {
        const { id, title } = found;
        const key = JSON.stringify([id, found.edits, found.elsewhere]);
        if (seen.has(key) || (ids.length > 0 && !ids.includes(id))) continue;
        seen.add(key);
        const changes = editsByFile({ path }, found).map((file) => {
          const before = files.find((each) => each.path === file.path).text;
          return { path: file.path, before, after: applyEdits(before, file.edits) };
        });
        const where = `${path}:${text.slice(0, index).split('\n').length}`;
        const problem = changes
          .map(({ before, after }) => parseProblem(before, after))
          .find((each) => each !== undefined);
        const checks = { parses: problem ?? true };
        trials.push({
          rule: 'refactoring',
          fix: id,
          title,
          where,
          changes,
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
