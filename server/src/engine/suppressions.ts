/**
 * Comments that silence findings: `//hygiene:ignore RULE[,RULE] reason`, `//hygiene:daemon reason`, `//nolint[:NAME,…]`
 * `//lint:ignore RULE[,RULE] reason` and `//lint:file-ignore …`. A comment after code speaks for its line; one on a line of its own for the
 * next line of code, for the whole declaration when it stands directly above one, for the file above `package`.
 */
import { DirectiveScopes } from '../golang/directive-scopes.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { formatMessage } from '../rules/format.ts';
import type { UnusedSuppression } from '../rules/context.ts';
import type { Locale, Localized } from '../rules/rule.ts';
import type { Directive } from '../syntax/declarations.ts';
import type { Finding, Notice } from './finding.ts';
import type { LeveledRule } from './levels.ts';
import { nearestName } from './nearest-name.ts';
import { engineNotice, type EngineNoticeCode } from './notices.ts';

/** The name under which other tools' comments address this one. */
const TOOL = 'goroutine-hygiene';

interface Suppression {
  kind: 'hygiene' | 'nolint' | 'lint';
  /** Rule ids; undefined for all rules. */
  rules?: readonly string[];
  /** Silences only rules about goroutines meant to live as long as the process. */
  daemon: boolean;
  reason: string;
  directive: Directive;
  /** Lines it speaks for, 0-based, inclusive. */
  firstLine: number;
  lastLine: number;
}

export interface SuppressionOptions {
  /** Ids of all rules, those that are off included. */
  known: ReadonlySet<string>;
  locale: Locale;
}

export interface Suppressed {
  /** About comments that lack their reason or name a rule that does not exist. */
  notices: Notice[];
  /** `//hygiene:ignore` comments that silence nothing, or not all they name, as far as the rules they name have run. */
  unused: UnusedSuppression[];
}

/** Marks the findings, sorted by place, that a comment silences. `rules`: those that have run. */
export function applySuppressions(
  file: SourceFile,
  findings: Finding[],
  rules: readonly LeveledRule[],
  options: SuppressionOptions,
): Suppressed {
  const notices: Notice[] = [];
  const unused: UnusedSuppression[] = [];
  if (file.outline.directives.length === 0) return { notices, unused };
  const ran = new Set(rules.map((r) => r.rule.meta.id));
  const scopes = new DirectiveScopes(file);
  const daemonRules = new Set(rules.filter((r) => r.rule.meta.daemon).map((r) => r.rule.meta.id));
  for (const directive of file.outline.directives) {
    const s = parse(scopes, directive);
    if (!s) continue;
    if (isOurs(s, options.known) && s.kind !== 'nolint' && s.reason === '') {
      const code = s.daemon ? 'daemon-without-reason' : 'suppression-without-reason';
      notices.push(noticeAt(file, directive, code, options.locale));
      continue;
    }
    if (s.kind === 'hygiene') notices.push(...unknownRules(file, s, options));
    const used = new Set<string>();
    // Findings are in the order of their lines; a daemon comment may stand at a step of any of them.
    for (let i = s.daemon ? 0 : firstFrom(findings, s.firstLine); i < findings.length; i++) {
      const f = findings[i] as Finding;
      if (!s.daemon && f.range.start.line > s.lastLine) break;
      if (!covers(s, f, daemonRules)) continue;
      f.suppressed ??= { kind: s.kind, reason: s.reason };
      used.add(f.rule);
    }
    // What the name of the tool stands for depends on which rules are on.
    const { rules: all = [] } = s;
    const idle = all.filter((id) => ran.has(id) && !used.has(id));
    const { start, end, ownLine } = directive;
    if (s.kind === 'hygiene' && !s.daemon && idle.length > 0)
      unused.push({ start, end, ownLine, rules: all, unused: idle });
  }
  return { notices, unused };
}

/** Index of the first finding that starts on `line` or after it. */
function firstFrom(findings: readonly Finding[], line: number): number {
  let low = 0;
  let high = findings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((findings[middle] as Finding).range.start.line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function covers(s: Suppression, finding: Finding, daemonRules: ReadonlySet<string>): boolean {
  if (s.daemon) {
    if (!daemonRules.has(finding.rule)) return false;
  } else if (s.rules && !s.rules.includes(finding.rule) && !s.rules.includes(TOOL)) return false;
  const within = (line: number): boolean => s.firstLine <= line && line <= s.lastLine;
  // A daemon comment stands at the `go` statement, which the finding may only name as a step.
  return (
    within(finding.range.start.line) ||
    (s.daemon && finding.steps.some((t) => t.path === finding.path && within(t.range.start.line)))
  );
}

function parse(scopes: DirectiveScopes, directive: Directive): Suppression | undefined {
  const text = directive.text.trim();
  let m = /^hygiene:ignore(?!\S)\s*(\S*)\s*(.*)$/s.exec(text);
  if (m) return make(scopes, directive, 'hygiene', names(m[1] as string), m[2] as string);
  m = /^hygiene:daemon\b\s*(.*)$/s.exec(text);
  if (m) return { ...make(scopes, directive, 'hygiene', undefined, m[1] as string), daemon: true };
  m = /^lint:(?:file-)?ignore\s+(\S+)\s*(.*)$/s.exec(text);
  if (m)
    return make(scopes, directive, 'lint', names(m[1] as string), m[2] as string, text.startsWith('lint:file-ignore'));
  m = /^nolint(?::(\s*[\w.-]+(?:\s*,\s*[\w.-]+)*))?(?![\w:.,-])\s*(?:\/\/)?\s*(.*)$/s.exec(text);
  if (m) {
    const rules = m[1] === undefined ? undefined : names(m[1]);
    return make(scopes, directive, 'nolint', rules?.includes('all') ? undefined : rules, m[2] ?? '');
  }
  return undefined;
}

function names(list: string): string[] {
  return list
    .split(',')
    .map((n) => n.trim())
    .filter((n) => n !== '');
}

function make(
  scopes: DirectiveScopes,
  directive: Directive,
  kind: Suppression['kind'],
  rules: readonly string[] | undefined,
  reason: string,
  wholeFile = false,
): Suppression {
  const [firstLine, lastLine] = wholeFile ? [0, Infinity] : scopes.of(directive);
  return { kind, rules, daemon: false, reason: reason.trim(), directive, firstLine, lastLine };
}

/** Staticcheck reads `//lint:ignore` too: what it says of others' checks is not for us to judge. */
function isOurs({ kind, rules }: Suppression, known: ReadonlySet<string>): boolean {
  return kind !== 'lint' || (rules ?? []).some((id) => id === TOOL || known.has(id));
}

function unknownRules(file: SourceFile, s: Suppression, { known, locale }: SuppressionOptions): Notice[] {
  const unknown = (s.rules ?? []).filter((id) => id !== TOOL && !known.has(id));
  return unknown.map((rule) => {
    const near = nearestName(rule, known);
    const hint = near === undefined ? '' : formatMessage(DID_YOU_MEAN[locale], { near });
    return noticeAt(file, s.directive, 'suppression-unknown-rule', locale, { rule, hint });
  });
}

const DID_YOU_MEAN: Localized = { en: " Did you mean '{near}'?", 'zh-cn': '您是否想写“{near}”？' };

function noticeAt(
  file: SourceFile,
  directive: Directive,
  code: EngineNoticeCode,
  locale: Locale,
  args: Record<string, string> = {},
): Notice {
  const range = { start: file.lines.position(directive.start), end: file.lines.position(directive.end) };
  return engineNotice(code, file.path, locale, { comment: `//${directive.text.trim()}`, ...args }, range);
}
