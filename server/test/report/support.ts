import type { Finding } from '../../src/engine/finding.ts';
import { LineIndex } from '../../src/syntax/line-index.ts';
import { SourceText } from '../../src/report/sources.ts';
import type { ReportOptions, ReportSummary } from '../../src/report/reporter.ts';
import type { Rule } from '../../src/rules/rule.ts';

/** Source texts by path. */
export type Sources = Record<string, string>;

/** A finding on the first `what` of a file. */
export function findingAt(sources: Sources, path: string, what: string, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'lost-cancel',
    messageId: 'm',
    message: 'something leaks',
    severity: 'warning',
    path,
    ...place(sources, path, what),
    steps: [],
    fixes: [],
    ...more,
  };
}

/** Offsets and range of the first `what` in a file. */
export function place(sources: Sources, path: string, what: string) {
  const text = sources[path]!;
  const start = text.indexOf(what);
  const end = start + what.length;
  const lines = new LineIndex(text);
  return { start, end, range: { start: lines.position(start), end: lines.position(end) } };
}

const both = (text: string) => ({ en: text, 'zh-cn': `${text}（中文）` });

export const RULE: Rule = {
  meta: {
    id: 'lost-cancel',
    group: 'context',
    level: 'warning',
    triggers: [],
    fixes: ['plug'],
    overlaps: ['go vet lostcancel'],
  },
  text: {
    messages: {},
    docs: {
      summary: both('Cancel is lost'),
      why: both('Because it leaks.'),
      silent: both('- when stored'),
      fix: both('Defer it.'),
      bad: 'func f() {}\n',
      good: 'func g() {}\n',
    },
  },
  check: () => undefined,
};

export const OFF_RULE: Rule = { ...RULE, meta: { ...RULE.meta, id: 'context-in-struct', level: 'off' } };

export function optionsFor(sources: Sources): ReportOptions {
  return {
    root: '/r',
    version: '1.2.3',
    rules: [OFF_RULE, RULE],
    locale: 'en',
    sources: async (path) => (path in sources ? new SourceText(sources[path]!) : undefined),
  };
}

export const SUMMARY: ReportSummary = {
  files: 5,
  counts: { error: 0, warning: 1, information: 0, hint: 0 },
  suppressed: 0,
  notices: 0,
  filesWithFindings: 1,
  successful: true,
};
