/** Fixed words of the text report, in every language. */
import type { Severity } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import type { ReportSummary } from './reporter.ts';

export interface Words {
  severity: Record<Severity, string>;
  fix: string;
  summary(summary: ReportSummary): string;
}

const en: Words = {
  severity: { error: 'error', warning: 'warning', information: 'information', hint: 'hint' },
  fix: 'fix',
  summary({ files, counts, filesWithFindings, suppressed, notices }) {
    const total = sum(counts);
    const parts = [
      counts.error && count(counts.error, 'error'),
      counts.warning && count(counts.warning, 'warning'),
      counts.information && `${counts.information} information`,
      counts.hint && count(counts.hint, 'hint'),
    ].filter(Boolean);
    const head =
      total === 0
        ? `No findings in ${count(files, 'file')}`
        : `${count(total, 'finding')} (${parts.join(', ')}) in ${filesWithFindings} of ${count(files, 'file')}`;
    const rest = [suppressed && `${suppressed} suppressed`, notices && count(notices, 'notice')].filter(Boolean);
    return `${[head, ...rest].join(', ')}.`;
  },
};

const zhCn: Words = {
  severity: { error: '错误', warning: '警告', information: '信息', hint: '提示' },
  fix: '修复',
  summary({ files, counts, filesWithFindings, suppressed, notices }) {
    const total = sum(counts);
    const parts = (Object.keys(counts) as Severity[])
      .filter((severity) => counts[severity] > 0)
      .map((severity) => `${counts[severity]} 个${zhCn.severity[severity]}`);
    const head =
      total === 0
        ? `${files} 个文件中没有发现问题`
        : `共 ${files} 个文件，其中 ${filesWithFindings} 个有 ${total} 个问题（${parts.join('、')}）`;
    const rest = [suppressed && `已抑制 ${suppressed} 个`, notices && `${notices} 条说明`].filter(Boolean);
    return `${[head, ...rest].join('，')}。`;
  },
};

const WORDS: Record<Locale, Words> = { en, 'zh-cn': zhCn };

export function wordsFor(locale: Locale): Words {
  return WORDS[locale];
}

function sum(counts: Record<Severity, number>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
