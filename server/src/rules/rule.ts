/** What a rule is: metadata, texts and one check. A rule lives in `rules/<group>/<rule>.ts`, its texts beside it in `<rule>.text.ts`. */
import type { Level } from '../engine/finding.ts';
import type { RuleContext, SuppressionContext } from './context.ts';
import type { GoPackage } from '../golang/package.ts';

export type Locale = 'en' | 'zh-cn';
export const LOCALES: readonly Locale[] = ['en', 'zh-cn'];
export type Group = 'context' | 'timer' | 'goroutine' | 'channel' | 'sync' | 'resource' | 'suppression';

/** The same words in every language; a missing one does not compile. */
export type Localized = Record<Locale, string>;

export interface RuleDocs {
  /** One line, used in lists, settings and SARIF. */
  summary: Localized;
  /** Why it matters and what happens at run time: a few Markdown paragraphs. */
  why: Localized;
  /** When the rule says nothing although code looks similar: Markdown list. */
  silent: Localized;
  /** How to repair it: Markdown. */
  fix: Localized;
  /** Go code: a complete example that is reported, and its repaired form. Both are run as tests. */
  bad: string;
  good: string;
}

export interface RuleText {
  /** Message id → text with `{name}` placeholders. Findings, witness steps and fix titles all come from here. */
  messages: Record<string, Localized>;
  docs: RuleDocs;
}

export interface RuleMeta {
  /** kebab-case. */
  id: string;
  group: Group;
  /** Default level. `from` gives the level from a Go language version on. */
  level: Level;
  from?: { version: string; level: Level }[];
  /** Level in test code, where what leaks ends with the test's process; the user's setting goes before it. */
  inTests?: Level;
  /**
   * Regular-expression sources; a declaration whose text matches none is never parsed for this rule. An entry that is a
   * list matches when all its members do: put the rarest first, the prefilter for whole files uses only that one. How to keep
   * patterns fast is said in `triggers.ts`.
   */
  triggers: (string | readonly string[])[];
  /**
   * With `packageTest`: a package of which no file matches one of these has nothing for the rule to look at.
   */
  packageTriggers?: readonly string[];
  /**
   * What else the text of a declaration must have for `check` to find anything, where that can be told: in the form of `triggers`,
   * but searched for only in declarations that match those.
   */
  checkTriggers?: (string | readonly string[])[];
  /** `check` looks at declarations of types; those of others have code in them, which types and constants have not. */
  checksTypes?: boolean;
  /**
   * The rule reports what the config says of the user's own functions, too: where it names some, their calls belong to `triggers` and
   * `checkTriggers`.
   */
  ownResources?: boolean;
  /** Nothing is reported in test code, whatever the level. */
  skipsTests?: boolean;
  /**
   * Import paths one of which some file of the package must import for the rule to know anything. Absent: no such condition.
   */
  imports?: readonly string[];
  /** Functions and types of other packages of the workspace bring along what the rule looks for: importing one that imports it will do. */
  findsImported?: boolean;
  /** Ids of fixes this rule may offer. */
  fixes: string[];
  /** Checks of other tools that report the same, e.g. `go vet lostcancel`, `staticcheck SA1012`. */
  overlaps?: string[];
  /** Ids of rules that say more: where one of them reports the same place, and no less gravely, this rule is silent. */
  yieldsTo?: readonly string[];
  /** Silenced by `//hygiene:daemon` on the `go` statement: the goroutine is meant to live as long as the process. */
  daemon?: boolean;
}

/** Tells of a file by its text which of its declarations have something that a rule looks for in a package. */
export interface PackageTest {
  /** The test for the text of each declaration; undefined when none of them can have it. */
  inFile(text: string): Pick<RegExp, 'test'> | undefined;
}

/** Functions of other packages of the workspace that a rule wants to know of. */
export interface ImportedTest {
  /**
   * What is done with a variable that holds such a result, a source of a regular expression for what stands behind its name: only where the text of
   * a file has that are the packages looked at that it imports.
   */
  where?: string;
  /** They are called as statements, on what another method is called on with the same arguments; `where` does not count. */
  inPairs?: true;
  /** They are given a literal, whatever comes of that; `where` does not count. */
  withLiteral?: true;
  /** Names of such functions, told by the text of their package. */
  names(pkg: GoPackage): ReadonlySet<string>;
}

export interface Rule {
  meta: RuleMeta;
  text: RuleText;
  /**
   * For a rule about what the package declares: tells by their text further functions and variables to look at. What is searched for is
   * made from the package's own names; undefined when it declares nothing the rule is about.
   */
  packageTest?(pkg: GoPackage): PackageTest | undefined;
  /**
   * The same for what packages declare that a file imports: declarations are looked at that give the result of such a function, or of such a
   * method, to a variable.
   */
  importedTests?: readonly ImportedTest[];
  /**
   * Looks at one top-level declaration (with its function literals) that matches the triggers, and reports. Must not throw on any
   * input.
   */
  check?(context: RuleContext): void;
  /**
   * Reports what was found in the package as a whole and shows in the file of a declaration: orders of locks. Called once for a
   * file, with the first declaration that the triggers match.
   */
  checkFile?(context: RuleContext): void;
  /** The same for leaks that the concurrency model found. Called only for files that have some. */
  checkLeaks?(context: RuleContext): void;
  /** Reports comments that were to silence findings and had none to silence. Called after all other rules, for files that have some. */
  checkSuppressions?(context: SuppressionContext): void;
}

/** Identity function that gives a rule its type. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
