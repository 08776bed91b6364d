/**
 * Comments that silence findings: `//hygiene:ignore RULE[,RULE] reason`, `//hygiene:daemon reason`, `//nolint[:NAME,…]`
 * `//lint:ignore RULE[,RULE] reason` and `//lint:file-ignore …`. A comment after code speaks for its line; one on a line of its own for the
 * next line of code, for the whole declaration when it stands directly above one, for the file above `package`.
 */
import type { SourceFile } from '../golang/source-file.ts';
import type { Directive } from '../syntax/declarations.ts';
import type { Finding, Notice } from './finding.ts';
import type { LeveledRule } from './levels.ts';

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

/** Marks the findings that a comment silences. Returns notices about comments that lack their reason. */
export function applySuppressions(file: SourceFile, findings: Finding[], rules: readonly LeveledRule[]): Notice[] {
  const notices: Notice[] = [];
  if (file.outline.directives.length === 0) return notices;
  const daemonRules = new Set(rules.filter((r) => r.rule.meta.daemon).map((r) => r.rule.meta.id));
  for (const directive of file.outline.directives) {
    const s = parse(file, directive);
    if (!s) continue;
    if (s.kind !== 'nolint' && s.reason === '') {
      notices.push(missingReason(file, directive));
      continue;
    }
    for (const f of findings)
      if (!f.suppressed && covers(s, f, daemonRules)) f.suppressed = { kind: s.kind, reason: s.reason };
  }
  return notices;
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

function parse(file: SourceFile, directive: Directive): Suppression | undefined {
  const text = directive.text.trim();
  let m = /^hygiene:ignore(?!\S)\s*(\S*)\s*(.*)$/s.exec(text);
  if (m) return make(file, directive, 'hygiene', names(m[1] as string), m[2] as string);
  m = /^hygiene:daemon\b\s*(.*)$/s.exec(text);
  if (m) return { ...make(file, directive, 'hygiene', undefined, m[1] as string), daemon: true };
  m = /^lint:(?:file-)?ignore\s+(\S+)\s*(.*)$/s.exec(text);
  if (m)
    return make(file, directive, 'lint', names(m[1] as string), m[2] as string, text.startsWith('lint:file-ignore'));
  m = /^nolint(?::(\s*[\w.-]+(?:\s*,\s*[\w.-]+)*))?(?![\w:.,-])\s*(?:\/\/)?\s*(.*)$/s.exec(text);
  if (m) {
    const rules = m[1] === undefined ? undefined : names(m[1]);
    return make(file, directive, 'nolint', rules?.includes('all') ? undefined : rules, m[2] ?? '');
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
  file: SourceFile,
  directive: Directive,
  kind: Suppression['kind'],
  rules: readonly string[] | undefined,
  reason: string,
  wholeFile = false,
): Suppression {
  const [firstLine, lastLine] = wholeFile ? [0, Infinity] : scope(file, directive);
  return { kind, rules, daemon: false, reason: reason.trim(), directive, firstLine, lastLine };
}

function scope(file: SourceFile, directive: Directive): [number, number] {
  const own = file.lines.position(directive.start).line;
  if (!directive.ownLine) return [own, own];
  const outline = file.outline;
  if (outline.packageStart >= 0 && directive.start < outline.packageStart) return [0, Infinity];
  const next = nextCodeLine(file, own);
  for (const d of outline.decls)
    if (file.lines.position(d.base).line === next) return [own, file.lines.position(d.end).line];
  return [own, next];
}

/** The first line after `line` that is neither blank nor a line comment. */
function nextCodeLine(file: SourceFile, line: number): number {
  const lines = file.lines;
  for (let n = line + 1; n < lines.lineCount; n++) {
    const from = lines.lineStart(n);
    const to = n + 1 < lines.lineCount ? lines.lineStart(n + 1) : file.text.length;
    const text = file.text.slice(from, to).trim();
    if (text === '') return n - 1;
    if (!text.startsWith('//')) return n;
  }
  return line;
}

function missingReason(file: SourceFile, directive: Directive): Notice {
  const at = file.lines.position(directive.start);
  return {
    path: file.path,
    severity: 'warning',
    code: 'suppression-without-reason',
    message: `Line ${at.line + 1}: '//${directive.text.trim()}' silences nothing because it gives no reason. Write why after the rule name.`,
    range: { start: at, end: file.lines.position(directive.end) },
  };
}
