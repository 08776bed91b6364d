/** Turns what rules report into findings: file offsets, line ranges, texts in the user's language. */
import type { Analysis } from '../golang/analysis.ts';
import type { GoPackage } from '../golang/package.ts';
import { noteDeclaration } from '../golang/reads.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type {
  FixSpec,
  Place,
  Report,
  ReportSpec,
  RuleContext,
  StepSpec,
  SuppressionContext,
  UnusedSuppression,
} from '../rules/context.ts';
import { formatMessage } from '../rules/format.ts';
import type { Locale, Rule } from '../rules/rule.ts';
import { changeOf } from './change.ts';
import type { Finding, Fix, Range, WitnessStep } from './finding.ts';
import { atLeast, findingLevel, type LeveledRule } from './levels.ts';

type Args = Record<string, string | number>;

export class Reporter {
  /** How often rules have reported something, be it known already or in another file. */
  reports = 0;
  /** How often that has made no finding. */
  lost = 0;
  private readonly keys = new Set<string>();

  constructor(
    private readonly file: SourceFile,
    private readonly version: string | undefined,
    private readonly locale: Locale,
    private readonly analysis: Analysis,
    private readonly findings: Finding[],
  ) {}

  /** Number of findings so far, for `rollback`. */
  mark(): number {
    return this.findings.length;
  }

  /** Drops findings reported after `mark`. */
  rollback(mark: number): void {
    for (const f of this.findings.splice(mark)) this.keys.delete(findingKey(f.rule, f));
  }

  /** Takes findings that were made before. */
  adopt(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const key = findingKey(finding.rule, finding);
      if (this.keys.has(key)) continue;
      this.keys.add(key);
      this.findings.push(finding);
    }
  }

  context(unit: DeclUnit, leveled: LeveledRule): RuleContext {
    return {
      unit,
      analysis: this.analysis,
      goAtLeast: (version) => atLeast(this.version, version),
      line: (place) => lineOf(unit, place),
      report: (spec) => this.add(unit, leveled, spec),
    };
  }

  suppressionContext(leveled: LeveledRule, suppressions: readonly UnusedSuppression[]): SuppressionContext {
    const { file } = this;
    const { lines } = file;
    return {
      file,
      suppressions,
      report: ({ start, end }, spec) => {
        const range = { start: lines.position(start), end: lines.position(end) };
        this.addAt({ file, start, end, range }, leveled, spec, []);
      },
    };
  }

  private add(unit: DeclUnit, leveled: LeveledRule, spec: ReportSpec): void {
    this.reports++;
    const at = locate(unit, spec);
    // Findings belong to the file under analysis; a rule that points elsewhere does so in steps.
    if (at.file !== this.file) {
      this.lost++;
      return;
    }
    const text = (id: string, args: Args | undefined): string => this.text(leveled.rule, id, args);
    this.addAt(
      at,
      leveled,
      spec,
      (spec.steps ?? []).map((s) => step(unit, s, text)),
    );
  }

  private addAt(at: Located, leveled: LeveledRule, spec: Report, steps: WitnessStep[]): void {
    const { rule } = leveled;
    const key = findingKey(rule.meta.id, at);
    if (this.keys.has(key)) {
      this.lost++;
      return;
    }
    this.keys.add(key);
    const text = (id: string, args: Args | undefined): string => this.text(rule, id, args);
    this.findings.push({
      rule: rule.meta.id,
      messageId: spec.message,
      message: text(spec.message, spec.args),
      severity: findingLevel(leveled, at.file.outline.ignored ? 'hint' : spec.level),
      path: at.file.path,
      start: at.start,
      end: at.end,
      range: at.range,
      steps,
      fixes: (spec.fixes ?? []).flatMap((f) => this.fix(at, f, text(f.title, f.args)) ?? []),
    });
  }

  private fix({ file, pkg }: Located, spec: FixSpec, title: string): Fix | undefined {
    const change = changeOf(file, pkg, spec.edits, title, this.locale);
    const { id, kind = 'quickfix', preferred = false, safe = false } = spec;
    return change && { id, kind, preferred, safe, ...change };
  }

  private text(rule: Rule, id: string, args: Args = {}): string {
    const message = rule.text.messages[id];
    if (!message) throw new Error(`rule ${rule.meta.id} has no message '${id}'`);
    return formatMessage(message[this.locale], args);
  }
}

function findingKey(rule: string, at: { start: number; end: number }): string {
  return `${rule}:${at.start}:${at.end}`;
}

interface Located {
  file: SourceFile;
  /** Absent for what is said of comments. */
  pkg?: GoPackage;
  start: number;
  end: number;
  range: Range;
}

function locate(unit: DeclUnit, place: Place): Located {
  const u = place.unit ?? unit;
  noteDeclaration(u.declaration);
  const start = u.base + place.node.start;
  const end = u.base + place.node.end;
  return {
    file: u.file,
    pkg: u.pkg,
    start,
    end,
    range: { start: u.file.lines.position(start), end: u.file.lines.position(end) },
  };
}

function lineOf(unit: DeclUnit, place: Place): number {
  const u = place.unit ?? unit;
  noteDeclaration(u.declaration);
  return u.file.lines.position(u.base + place.node.start).line + 1;
}

function step(unit: DeclUnit, spec: StepSpec, text: (id: string, args: Args | undefined) => string): WitnessStep {
  const at = locate(unit, spec);
  return { path: at.file.path, start: at.start, end: at.end, range: at.range, message: text(spec.message, spec.args) };
}
