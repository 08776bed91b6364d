/** Tells which declarations of a file rules look at because of what its package, or one that the file imports, declares. */
import { declaresAmong, importedAt, importedBy, importsOthers } from '../golang/imported.ts';
import { callsOf } from '../golang/maker-calls.ts';
import type { GoPackage, Program } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { isIdentPart } from '../syntax/chars.ts';
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
  /** Absent for a file of which nothing else is looked at: what others declare is no reason to. */
  program: Program | undefined,
): Map<LeveledRule, Test> {
  let known = packageTests.get(pkg);
  if (!known) packageTests.set(pkg, (known = new Map()));
  const tests = new Map<LeveledRule, Test>();
  for (const leveled of rules) {
    const { rule } = leveled;
    if (rule.packageTest && !known.has(rule)) known.set(rule, rule.packageTest(pkg));
    const own = known.get(rule)?.inFile(file.text);
    const imported = program && importedTest(rule, file, program);
    const test =
      own && imported ? { test: (text: string) => own.test(text) || imported.test(text) } : (own ?? imported);
    if (test) tests.set(leveled, test);
  }
  return tests;
}

/** Names for which rules look into a file: where others come or go, other declarations are looked at. What has no source tells nothing here. */
export function namesLookedFor(tests: ReadonlyMap<LeveledRule, Test>): string {
  return Array.from(tests, ([{ rule }, test]) => `${rule.meta.id} ${test instanceof RegExp ? test.source : ''}`).join();
}

function importedTest(rule: Rule, file: SourceFile, program: Program): Test | undefined {
  const { importedTests = [] } = rule;
  if (importedTests.length === 0 || (file.isTest && rule.meta.skipsTests)) return undefined;
  if (!importsOthers(program, file)) return undefined;
  const found = importedTests.flatMap((wanted) => [...namesOf(wanted, file, program)]);
  return callsOf(found, '\\.')?.inFile(file.text);
}

/** The names of functions that a file calls as a test wants it, and that a package which it imports has among its own. */
function namesOf(wanted: ImportedTest, file: SourceFile, program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { from, name } of callsFor(wanted, file)) {
    if (found.has(name)) continue;
    // A function of a package, or a method of what may be of any of them.
    const path = file.imports.get(from);
    const packages = path === undefined ? importedBy(program, file) : [importedAt(program, path)];
    if (packages.some((pkg) => pkg && declaresAmong(pkg, name, wanted.names))) found.add(name);
  }
  return found;
}

function callsFor(wanted: ImportedTest, file: SourceFile): Called[] {
  if (wanted.inPairs) return pairedCalls(file);
  return wanted.withLiteral ? callsWithLiteral(file) : givingCalls(wanted, file);
}

const LITERAL = /[( ]func\(/g;
/** What stands before a literal on its line where an exported function or method is given it. */
const CALL = /([\w.]+)\.([A-Z]\w*)\((?:[^()\n]*, )?$/;
const LONGEST_CALL = 300;

/** The calls of exported functions and methods that are given a literal: literals are rarer than names, so they are looked for first. */
function callsWithLiteral({ text }: SourceFile): Called[] {
  const calls: Called[] = [];
  for (const { index } of text.matchAll(LITERAL)) {
    const [, from, name] = CALL.exec(text.slice(Math.max(0, index - LONGEST_CALL), index + 1)) ?? [];
    if (from !== undefined && name !== undefined) calls.push({ from, name });
  }
  return calls;
}

interface Called {
  /** What stands before the name. */
  from: string;
  name: string;
}

/** A call of an exported function or method whose result goes somewhere. */
const GIVEN = /= ([\w.]+)\.([A-Z]\w*)\(/g;
/** What stands before it where that is a variable, which the last line is long enough for. */
const VARIABLE = /(?<!\w)(\w+)(?:, \w+)? :?$/;
const LONGEST = 80;

const given = new WeakMap<SourceFile, (Called & { variable: string })[]>();

/** The calls of a file whose results go into variables, found once for all rules. */
function callsIn(file: SourceFile): (Called & { variable: string })[] {
  let calls = given.get(file);
  if (!calls) {
    const { text } = file;
    calls = [];
    for (const { index, 1: from = '', 2: name = '' } of text.matchAll(GIVEN)) {
      const variable = VARIABLE.exec(text.slice(Math.max(0, index - LONGEST), index))?.[1];
      if (variable !== undefined) calls.push({ variable, from, name });
    }
    given.set(file, calls);
  }
  return calls;
}

function givingCalls({ where = '' }: ImportedTest, file: SourceFile): Called[] {
  const calls = callsIn(file);
  if (calls.length === 0) return [];
  let used = uses.get(where);
  if (!used) uses.set(where, (used = new RegExp(where, 'g')));
  const variables = new Set(Array.from(file.text.matchAll(used), ({ index }) => variableBefore(file.text, index)));
  return calls.filter(({ variable }) => variables.has(variable));
}

/** The name that ends at an offset; empty where it is that of a field or method. */
function variableBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && isIdentPart(text.charCodeAt(start - 1))) start--;
  return text[start - 1] === '.' ? '' : text.slice(start, end);
}

/** A call of an exported method as a statement, or a deferred one; those of locks and groups are known. */
const STATEMENT =
  /^\t+(?:defer )?([\w.]+)\.(?!(?:R?(?:Unl|L)ock|Add|Done|Wait)\()([A-Z]\w*)\(([\w., ]*)\)(?= \/\/|$)/gm;

function pairedCalls({ text, imports }: SourceFile): Called[] {
  const found: Called[] = [];
  const calls = new Map<string, { name: string; index: number }>();
  for (const { index, 1: from = '', 2: name = '', 3: args = '' } of text.matchAll(STATEMENT)) {
    if (imports.has(from)) continue;
    const key = `${from} ${args}`;
    const first = calls.get(key);
    const between = first && first.name !== name ? text.slice(first.index, index) : '';
    // Only a way out between the two can keep something, and there they are in one function.
    if (first && /\breturn\b/.test(between) && !/^\}/m.test(between)) found.push({ from, name: first.name });
    if (!first || /^\}/m.test(text.slice(first.index, index))) calls.set(key, { name, index });
  }
  return found;
}
