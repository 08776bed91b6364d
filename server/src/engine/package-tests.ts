/** Tells which declarations of a file rules look at because of what its package, or one that the file imports, declares. */
import { importedAt, importedBy } from '../golang/imported.ts';
import { callsOf } from '../golang/maker-calls.ts';
import type { GoPackage, Program } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { PackageTest, Rule } from '../rules/rule.ts';
import type { LeveledRule } from './levels.ts';

type Test = Pick<RegExp, 'test'>;

/** What rules search for in a package, by package and rule. */
const packageTests = new WeakMap<GoPackage, Map<Rule, PackageTest | undefined>>();
/** What a variable is used for that holds what a rule wants to know of. */
const uses = new WeakMap<Rule, RegExp>();

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
  const { importedTest: wanted } = rule;
  if (!wanted || (file.isTest && rule.meta.skipsTests)) return undefined;
  let used = uses.get(rule);
  if (!used) uses.set(rule, (used = new RegExp(`(?<=\\b(\\w+))${wanted.where}`, 'g')));
  const variables = new Set(Array.from(file.text.matchAll(used), ([, name]) => name));
  if (variables.size === 0) return undefined;
  const found = new Set<string>();
  for (const [, variable, from = '', name = ''] of file.text.matchAll(GIVEN)) {
    if (!variables.has(variable) || found.has(name)) continue;
    // A function of a package, or a method of what may be of any of them.
    const path = file.imports.get(from);
    const packages = path === undefined ? importedBy(program, file) : [importedAt(program, path)];
    if (packages.some((pkg) => pkg && wanted.names(pkg).has(name))) found.add(name);
  }
  return callsOf([...found], '\\.')?.inFile(file.text);
}

/** A call of an exported function or method whose result goes into a variable. */
const GIVEN = /(?<=\b(\w+)(?:, \w+)? ):?= ([\w.]+)\.(\p{Lu}\w*)\(/gu;
