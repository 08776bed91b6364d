/** Runs the rules on one file: its declarations one by one, then what shows in it of the package as a whole. */
import { leadsToWaiting } from '../concurrency/model/entries.ts';
import { modelOf } from '../concurrency/model/model.ts';
import type { Analysis } from '../golang/analysis.ts';
import { EffortExceeded, withEffort } from '../golang/effort.ts';
import type { GoPackage } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { isForTests } from '../golang/package-folders.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { RuleContext, UnusedSuppression } from '../rules/context.ts';
import type { Locale, Rule } from '../rules/rule.ts';
import type { Declaration } from '../syntax/declarations.ts';
import type { EngineSettings, EngineStatistics, FileResult } from './api.ts';
import { type Finding, isAsGraveAs, type Notice, type Range } from './finding.ts';
import type { KeptFindings } from './kept-findings.ts';
import { enabledRules, fileVersion, type LeveledRule, type Purpose } from './levels.ts';
import { engineNotice } from './notices.ts';
import { namesLookedFor, testsOf } from './package-tests.ts';
import { Reporter } from './reporter.ts';
import { applySuppressions } from './suppressions.ts';
import type { Triggers, TriggerSelection } from './triggers.ts';

/** Longer declarations (UTF-16 units) are data or generated code; rules do not look at them, so that no input can stall a scan. */
export const MAX_DECLARATION = 256 * 1024;
/**
 * Steps of work (see `golang/effort.ts`) one rule may spend on one declaration, or on what shows in a file: a base, for looking at
 * functions it calls, and more by the length in UTF-16 units. More than ten times what any function of the standard library takes.
 */
const EFFORT = { base: 1_000_000, perUnit: 60 };

/** What the files of one run have in common. */
export interface Run {
  analysis: Analysis;
  /** Rules that may know something about the packages. */
  rules: readonly Rule[];
  settings: EngineSettings;
  goVersion: string | undefined;
  triggers: Triggers;
  /** Ids of all rules. */
  known: ReadonlySet<string>;
  statistics: EngineStatistics;
  timing: boolean;
  /** Where nothing was found in other versions of the packages, when that is kept. */
  kept: KeptFindings | undefined;
  /** Paths of files in which rules find nothing that they look for by themselves. */
  plain: ReadonlySet<string>;
  /** The rules for files of one kind, made when the first of them is looked at. */
  selections: Map<string, Selection>;
}

/** The rules that run on a file, with their triggers. */
interface Selection {
  rules: readonly LeveledRule[];
  triggers: TriggerSelection;
}

/** The findings and notices of a file. */
export function checkFile(run: Run, pkg: GoPackage, file: SourceFile): FileResult {
  return new FileCheck(run, pkg, file).result();
}

function isMain({ tok, recv, names }: Declaration): boolean {
  return tok === 'func' && recv === undefined && names[0] === 'main';
}

function purposeOf(pkg: GoPackage, file: SourceFile): Purpose {
  if (file.isTest) return 'test';
  return isForTests(pkg.path) ? 'test helper' : 'program';
}

class FileCheck {
  private readonly findings: Finding[] = [];
  private readonly notices: Notice[] = [];
  private readonly rules: readonly LeveledRule[];
  private readonly triggers: TriggerSelection;
  /** For the texts of declarations: what rules search for that is made from the names of the package. */
  private readonly packageTests: ReadonlyMap<LeveledRule, Pick<RegExp, 'test'>>;
  private readonly reporter: Reporter;
  /** Nothing that rules look for stands in its text. */
  private readonly isPlain: boolean;
  /** The program uses packages in which somebody may wait, whatever its own text says. */
  private readonly leads: boolean;
  /** The first declaration that each of the rules which look at the file as a whole is for. */
  private readonly first = new Map<Rule, Declaration>();

  constructor(
    private readonly run: Run,
    private readonly pkg: GoPackage,
    private readonly file: SourceFile,
  ) {
    const { analysis, settings, goVersion } = run;
    const version = fileVersion(file, goVersion);
    ({ rules: this.rules, triggers: this.triggers } = selectionFor(run, version, purposeOf(pkg, file)));
    this.isPlain = run.plain.has(file.path) || !this.triggers.mayMatter(file.text);
    this.packageTests = testsOf(this.rules, pkg, file, this.isPlain ? undefined : analysis.program);
    run.kept?.openFile(file, namesLookedFor(this.packageTests), [...this.packageTests.values()]);
    this.leads = leadsToWaiting(analysis.program, pkg);
    this.reporter = new Reporter(file, version, settings.locale, analysis, this.findings);
  }

  result(): FileResult {
    const { file, findings, notices } = this;
    const { settings, statistics, known } = this.run;
    const { outline, path } = file;
    statistics.files++;
    statistics.bytes += file.text.length;
    if (!outline.balanced) notices.push(engineNotice('unbalanced', path, settings.locale));
    const { isPlain } = this;
    if (isPlain && this.packageTests.size === 0 && !this.leads && !mayHaveDirective(file.text))
      return { path, findings, notices };
    if (outline.generated && !settings.includeGenerated) return { path, findings, notices };
    statistics.filesAnalysed++;
    for (const declaration of outline.decls) this.declaration(declaration, isPlain);
    this.asWhole();
    findings.sort(byPlace);
    const { notices: more, unused } = applySuppressions(file, findings, this.rules, { known, locale: settings.locale });
    this.unused(unused);
    notices.push(...more);
    return { path, findings: this.withoutRepeated(), notices };
  }

  private declaration(declaration: Declaration, isPlain: boolean): void {
    const { run, pkg, file, notices } = this;
    run.statistics.declarations++;
    const known = run.kept?.known(declaration);
    if (known) {
      this.reporter.adopt(known.findings);
      return this.note(known.whole, declaration);
    }
    const text = file.textOf(declaration);
    const triggered = isPlain ? [] : this.triggers.select(text, this.rules);
    const holdsCode = declaration.tok === 'func' || declaration.tok === 'var';
    if (holdsCode)
      for (const [rule, words] of this.packageTests) {
        if (!triggered.includes(rule) && words.test(text)) triggered.push(rule);
      }
    if (this.leads && isMain(declaration))
      triggered.push(...this.rules.filter((r) => r.rule.checkLeaks && !triggered.includes(r)));
    const whole = triggered.flatMap(({ rule }) => (rule.checkFile || rule.checkLeaks ? [rule] : []));
    if (triggered.length === 0) return run.kept?.keep(declaration, whole, () => []);
    if (text.length > MAX_DECLARATION) {
      notices.push(tooLong(file, declaration, run.settings.locale));
      return;
    }
    const checked = triggered.filter(
      (r) => (holdsCode || r.rule.meta.checksTypes) && (this.packageTests.has(r) || this.triggers.mayCheck(text, r)),
    );
    if (checked.length === 0) {
      // Rules that look at the whole find their own way to what they need, and most code is never parsed for them.
      this.note(whole, declaration);
      return run.kept?.keep(declaration, whole, () => []);
    }
    const unit = pkg.unit({ file, declaration });
    run.statistics.declarationsParsed++;
    if (unit.hasError) {
      notices.push(notParsed(unit, run.settings.locale));
      return;
    }
    this.note(whole, declaration);
    const check = (): Finding[] | undefined => this.unit(unit, checked);
    if (run.kept) run.kept.keep(declaration, whole, check);
    else check();
  }

  private note(rules: readonly Rule[], declaration: Declaration): void {
    for (const rule of rules) if (!this.first.has(rule)) this.first.set(rule, declaration);
  }

  /** What the rules have to say about a declaration; undefined where that is not all of it. */
  private unit(unit: DeclUnit, checked: readonly LeveledRule[]): Finding[] | undefined {
    const { findings, notices, reporter } = this;
    const { base, end } = unit.declaration;
    const before = { findings: findings.length, notices: notices.length, lost: reporter.lost };
    for (const leveled of checked) {
      const { rule } = leveled;
      if (rule.check) this.check(unit, leveled, end - base, rule.check.bind(rule));
    }
    const isAll = notices.length === before.notices && reporter.lost === before.lost;
    return isAll ? findings.slice(before.findings) : undefined;
  }

  /** Leaks of the model are looked for in any case: they are kept by themselves. */
  private asWhole(): void {
    const { kept, analysis } = this.run;
    if (this.first.size === 0) return;
    const hasLeaks = modelOf(analysis).leaks(this.pkg, this.file).length > 0;
    for (const leveled of this.rules) {
      const { rule } = leveled;
      const declaration = this.first.get(rule);
      if (!declaration) continue;
      if (rule.checkFile && !kept?.isFileSilent(this.file, rule)) {
        const work = (): boolean => this.whole(declaration, leveled, rule.checkFile?.bind(rule));
        if (kept) kept.keepFile(this.file, rule, work);
        else work();
      }
      if (hasLeaks) this.whole(declaration, leveled, rule.checkLeaks?.bind(rule));
    }
  }

  /** One place has one explanation: that of the rule which says most. */
  private withoutRepeated(): Finding[] {
    if (this.findings.length < 2) return this.findings;
    const yielding = new Map(this.rules.map(({ rule: { meta } }) => [meta.id, meta.yieldsTo ?? []]));
    return this.findings.filter((f) => {
      const better = yielding.get(f.rule) ?? [];
      return !this.findings.some(
        (g) => better.includes(g.rule) && g.start === f.start && g.end === f.end && isAsGraveAs(g.severity, f.severity),
      );
    });
  }

  /** Reports comments that silence nothing. Where something was not looked at, there may have been something to silence. */
  private unused(suppressions: readonly UnusedSuppression[]): void {
    if (suppressions.length === 0 || this.notices.length > 0) return;
    for (const leveled of this.rules)
      leveled.rule.checkSuppressions?.(this.reporter.suppressionContext(leveled, suppressions));
    this.findings.sort(byPlace);
  }

  /** Whether a rule has nothing to say about the file as a whole. */
  private whole(declaration: Declaration, leveled: LeveledRule, check?: (context: RuleContext) => void): boolean {
    if (!check) return true;
    const unit = this.pkg.unit({ file: this.file, declaration });
    return this.check(unit, leveled, this.file.text.length, check);
  }

  /**
   * Runs one rule.
   * @param length of what it looks at
   * @returns whether it had nothing to say
   */
  private check(unit: DeclUnit, leveled: LeveledRule, length: number, work: (context: RuleContext) => void): boolean {
    const { reporter, notices } = this;
    const { timing, statistics, settings } = this.run;
    const { rule } = leveled;
    const started = timing ? performance.now() : 0;
    const mark = reporter.mark();
    const before = { reports: reporter.reports, notices: notices.length };
    try {
      withEffort(EFFORT.base + EFFORT.perUnit * length, () => work(reporter.context(unit, leveled)));
    } catch (e) {
      // Of a rule that ran out of budget, what was found until then holds.
      if (e instanceof EffortExceeded) notices.push(tooComplex(unit, rule, settings.locale));
      else {
        // One rule's defect must not cost the other findings of the file.
        reporter.rollback(mark);
        notices.push(failed(unit, rule, e, settings.locale));
      }
    }
    if (timing) statistics.ruleMs[rule.meta.id] = (statistics.ruleMs[rule.meta.id] ?? 0) + performance.now() - started;
    return reporter.reports === before.reports && notices.length === before.notices;
  }
}

function selectionFor(run: Run, version: string | undefined, purpose: Purpose): Selection {
  const key = `${version} ${purpose}`;
  let selection = run.selections.get(key);
  if (!selection) {
    const rules = enabledRules(run.rules, run.settings, version, purpose);
    run.selections.set(key, (selection = { rules, triggers: run.triggers.of(rules, run.analysis.program.own) }));
  }
  return selection;
}

function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1);
}

/** Comments that speak to the tool are checked wherever they stand. */
function mayHaveDirective(text: string): boolean {
  return text.includes('hygiene:');
}

function tooLong(file: SourceFile, declaration: Declaration, locale: Locale): Notice {
  const size = Math.round((declaration.end - declaration.base) / 1024);
  const args = { name: nameOf(declaration), size, limit: MAX_DECLARATION / 1024 };
  return engineNotice('declaration-too-long', file.path, locale, args, startOf(file, declaration));
}

function notParsed({ file, declaration }: DeclUnit, locale: Locale): Notice {
  return engineNotice('not-parsed', file.path, locale, { name: nameOf(declaration) }, startOf(file, declaration));
}

function tooComplex({ file, declaration }: DeclUnit, rule: Rule, locale: Locale): Notice {
  const args = { name: nameOf(declaration), rule: rule.meta.id };
  return engineNotice('declaration-too-complex', file.path, locale, args, startOf(file, declaration));
}

function failed({ file, declaration }: DeclUnit, rule: Rule, error: unknown, locale: Locale): Notice {
  // Where it happened, for the report of the defect; the whole stack would bury what else there is to read.
  const at = error instanceof Error ? /^\s*at (.+)$/m.exec(error.stack ?? '')?.[1] : undefined;
  const reason = `${String(error)}${at === undefined ? '' : ` (${at})`}`;
  const args = { name: nameOf(declaration), rule: rule.meta.id, reason };
  return engineNotice('rule-failed', file.path, locale, args, startOf(file, declaration));
}

function nameOf({ names, tok }: Declaration): string {
  return names[0] ?? tok;
}

function startOf({ lines }: SourceFile, { base }: Declaration): Range {
  const start = lines.position(base);
  return { start, end: start };
}
