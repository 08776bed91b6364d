/** A rule's documentation as Markdown, for `explain`, SARIF and hovers. */
import type { Locale, Rule } from '../rules/rule.ts';

interface Headings {
  group: string;
  level: string;
  from(version: string, level: string): string;
  bad: string;
  good: string;
  fix: string;
  silent: string;
  overlaps: string;
}

const HEADINGS: Record<Locale, Headings> = {
  en: {
    group: 'Group',
    level: 'default level',
    from: (version, level) => `${level} from Go ${version}`,
    bad: 'Reported',
    good: 'Repaired',
    fix: 'How to fix it',
    silent: 'Not reported',
    overlaps: 'Also reported by',
  },
  'zh-cn': {
    group: '分组',
    level: '默认级别',
    from: (version, level) => `自 Go ${version} 起为 ${level}`,
    bad: '会报告的代码',
    good: '修复后的代码',
    fix: '如何修复',
    silent: '不报告的情况',
    overlaps: '同样会报告此问题的工具',
  },
};

/** The whole page: title, level, why, code before and after, how to fix, when silent. */
export function ruleMarkdown({ meta, text }: Rule, locale: Locale): string {
  const words = HEADINGS[locale];
  const { docs } = text;
  const levels = [meta.level, ...(meta.from ?? []).map(({ version, level }) => words.from(version, level))].join(', ');
  const overlaps = meta.overlaps?.length ? `\n\n${words.overlaps}: ${meta.overlaps.join(', ')}.` : '';
  return [
    `# ${meta.id}`,
    docs.summary[locale],
    `${words.group}: ${meta.group}; ${words.level}: ${levels}.${overlaps}`,
    docs.why[locale].trim(),
    `## ${words.bad}`,
    fence(docs.bad),
    `## ${words.good}`,
    fence(docs.good),
    `## ${words.fix}`,
    docs.fix[locale].trim(),
    `## ${words.silent}`,
    docs.silent[locale].trim(),
  ].join('\n\n');
}

function fence(code: string): string {
  return `\`\`\`go\n${code.trim()}\n\`\`\``;
}
