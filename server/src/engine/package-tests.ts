/** Tells which declarations of a file rules look at because of what its package, or one that the file imports, declares. */
import { importedAt, importedBy } from '../golang/imported.ts';
import { callsOf } from '../golang/maker-calls.ts';
import type { GoPackage, Program } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { ImportedTest, PackageTest, Rule } from '../rules/rule.ts';
import type { LeveledRule } from './levels.ts';

type Test = Pick<RegExp, 'test'>;

/** What rules search for in a package, by package and rule. */
const packageTests = new WeakMap<GoPackage, Map<Rule, PackageTest | undefined>>();
/** What a variable is used for that holds what a rule wants to know of. */
const uses = new Map<string, RegExp>();

/** For the texts of declarations of a file: what rules search for that is made from the names of its package, and of those that it imports. */
export function testsOf(
  rules: readonly LeveledRule[],
  pkg: GoPackage,
  file: SourceFile,
  program: Program,
): Map<LeveledRule, Test> {
  let known = packageTests.get(pkg);
  if (!known) packageTests.set(pkg, (known = new Map()));
  const tests = new Map<LeveledRule, Test>();
  for (const leveled of rules) {
    const { rule } = leveled;
    if (rule.packageTest && !known.has(rule)) known.set(rule, rule.packageTest(pkg));
    const own = known.get(rule)?.inFile(file.text);
    const imported = importedTest(rule, file, program);
    const test =
      own && imported ? { test: (text: string) => own.test(text) || imported.test(text) } : (own ?? imported);
    if (test) tests.set(leveled, test);
  }
  return tests;
}

function importedTest(rule: Rule, file: SourceFile, program: Program): Test | undefined {
  const { importedTests = [] } = rule;
  if (importedTests.length === 0 || (file.isTest && rule.meta.skipsTests)) return undefined;
  const found = importedTests.flatMap((wanted) => [...namesOf(wanted, file, program)]);
  return callsOf(found, '\\.')?.inFile(file.text);
}

/** The names of functions that a file calls as a test wants it, and that a package which it imports has among its own. */
function namesOf(wanted: ImportedTest, file: SourceFile, program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { from, name } of wanted.inPairs ? pairedCalls(file) : givingCalls(wanted, file)) {
    if (found.has(name)) continue;
    // A function of a package, or a method of what may be of any of them.
    const path = file.imports.get(from);
    const packages = path === undefined ? importedBy(program, file) : [importedAt(program, path)];
    if (packages.some((pkg) => pkg && wanted.names(pkg).has(name))) found.add(name);
  }
  return found;
}

interface Called {
  /** What stands before the name. */
  from: string;
  name: string;
}

/** A call of an exported function or method whose result goes into a variable. */
const GIVEN = /(?<=\b(\w+)(?:, \w+)? ):?= ([\w.]+)\.(\p{Lu}\w*)\(/gu;

function givingCalls(wanted: ImportedTest, { text }: SourceFile): Called[] {
  const { where = '' } = wanted;
  let used = uses.get(where);
  if (!used) uses.set(where, (used = new RegExp(`(?<=\\b(\\w+))${where}`, 'g')));
  const variables = new Set(Array.from(text.matchAll(used), ([, name]) => name));
  if (variables.size === 0) return [];
  return Array.from(text.matchAll(GIVEN), ([, variable, from = '', name = '']) => ({ variable, from, name })).filter(
    ({ variable }) => variables.has(variable),
  );
}

/** A call of an exported method as a statement, or a deferred one; those of locks and groups are known. */
const STATEMENT = /^\s+(?:defer )?([\w.]+)\.(?!(?:R?(?:Unl|L)ock|Add|Done|Wait)\()(\p{Lu}\w*)\(([\w., ]*)\)$/gmu;

function pairedCalls({ text, imports }: SourceFile): Called[] {
  const calls = new Map<string, Called[]>();
  for (const [, from = '', name = '', args = ''] of text.matchAll(STATEMENT)) {
    if (imports.has(from)) continue;
    const key = `${from} ${args}`;
    const same = calls.get(key);
    if (same) same.push({ from, name });
    else calls.set(key, [{ from, name }]);
  }
  return [...calls.values()].flatMap((same) => (same.some(({ name }) => name !== same[0]?.name) ? same : []));
}
