/** Applies the fixes of one package, each alone, and checks what the engine can tell of the result. */
import { createEngine } from '../../server/src/engine/engine.ts';
import { editsByFile } from '../../server/src/engine/finding.ts';
import { applyEdits } from '../../server/src/fixes/apply.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import { scanOutline } from '../../server/src/syntax/outline.ts';
import { GoParser } from '../../server/src/syntax/parser.ts';
import { loadWasm } from '../../server/test/support/wasm.ts';

const engine = await createEngine(await loadWasm());
const parser = await GoParser.create(await loadWasm());

/** Every rule at the level it has, those that are off included. */
export const settings = {
  levels: Object.fromEntries(RULES.filter(({ meta }) => meta.level === 'off').map(({ meta }) => [meta.id, 'hint'])),
  locale: 'en',
  includeGenerated: false,
  leaveTo: [],
};

/**
 * One fix, tried.
 * @typedef {object} Trial
 * @property {string} rule
 * @property {string} fix id of the fix
 * @property {string} title
 * @property {string} where `path:line` of the finding
 * @property {{ path: string, before: string, after: string }[]} changes the files it edits, without and with it
 * @property {string} directory
 * @property {string} [moduleRoot]
 * @property {Record<string, true | string>} checks name of a check → `true`, or what is wrong; checks that could not be made are absent
 */

/**
 * @param {object} pkg see `findPackages`
 * @param {readonly string[]} rules only findings of these, or of all when empty
 * @returns {Promise<Trial[]>}
 */
export async function tryFixes(pkg, rules) {
  if (!pkg.files.some(({ text }) => engine.mayMatter(text, settings))) return [];
  const known = analyze(pkg);
  const trials = [];
  for (const finding of known)
    for (const fix of finding.fixes) {
      if (rules.length > 0 && !rules.includes(finding.rule)) continue;
      const changes = editsByFile(finding, fix).map(({ path, edits }) => {
        const before = pkg.files.find((file) => file.path === path).text;
        return { path, before, after: applyEdits(before, edits) };
      });
      trials.push({
        rule: finding.rule,
        fix: fix.id,
        title: fix.title,
        where: `${finding.path}:${finding.range.start.line + 1}`,
        changes,
        directory: pkg.directory,
        moduleRoot: pkg.moduleRoot,
        checks: checksOf(pkg, known, finding, fix, changes),
      });
    }
  for (const { path } of pkg.files) engine.forget(path);
  return trials;
}

/** Findings that nothing silences. */
function analyze({ files, targets, goVersion, importPath }, changes = []) {
  const texts = new Map(changes.map(({ path, after }) => [path, after]));
  const now = files.map(({ path, text }) => ({ path, text: texts.get(path) ?? text }));
  const input = { files: now, goVersion, importPath };
  const results = engine.analyze(targets ? { ...input, targets } : input, settings);
  return results.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
}

function checksOf(pkg, known, finding, fix, changes) {
  const parses = changes
    .map(({ before, after }) => parseProblem(before, after))
    .find((problem) => problem !== undefined);
  const left = analyze(pkg, changes);
  const place = movedTo(finding, fix.edits);
  const isThere = left.some((f) => f.rule === finding.rule && f.path === finding.path && f.start === place);
  const [was, is] = [countByRule(known), countByRule(left)];
  const fewer = (is.get(finding.rule) ?? 0) < (was.get(finding.rule) ?? 0);
  const added = [...is].filter(([rule, count]) => count > (was.get(rule) ?? 0)).map(([rule]) => rule);
  return {
    parses: parses ?? true,
    gone: (!isThere && fewer) || 'the finding is still there',
    'no new': added.length === 0 || `brings a finding: ${describe(added, left, known)}`,
  };
}

/** The first declaration that has a syntax error which the text before did not have. */
export function parseProblem(before, after) {
  if (!scanOutline(after).balanced) return 'brackets do not balance';
  const broken = (text) =>
    scanOutline(text)
      .decls.map(({ base, end }) => text.slice(base, end))
      .filter((decl) => parser.parseDeclaration(decl).hasError);
  const old = new Set(broken(before));
  const fresh = broken(after).find((decl) => !old.has(decl));
  return fresh === undefined ? undefined : `syntax error in ${fresh.split('\n')[0]}`;
}

/** Where the start of a finding is after a fix; undefined when the fix replaces it. */
function movedTo({ start }, edits) {
  let place = start;
  for (const edit of edits) {
    if (edit.start < start && start < edit.end) return undefined;
    if (edit.end <= start) place += edit.newText.length - (edit.end - edit.start);
  }
  return place;
}

function countByRule(findings) {
  const counts = new Map();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function describe(rules, left, known) {
  const old = new Set(known.map(({ rule, message }) => `${rule}: ${message}`));
  const fresh = left.filter((f) => rules.includes(f.rule));
  const { rule, message, range } = fresh.find((f) => !old.has(`${f.rule}: ${f.message}`)) ?? fresh[0];
  return `line ${range.start.line + 1}, ${rule}: ${message}`;
}
