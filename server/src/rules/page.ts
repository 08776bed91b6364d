/** The page of a rule, as Markdown: what `docs/rules/` holds and what is shown where no browser is at hand. */
import type { Level } from '../engine/finding.ts';
import type { Group, Locale, Localized, Rule } from './rule.ts';

type Words = Record<
  | 'language'
  | 'rules'
  | 'rule'
  | 'group'
  | 'level'
  | 'fixes'
  | 'none'
  | 'same'
  | 'why'
  | 'example'
  | 'reported'
  | 'repaired'
  | 'repair'
  | 'silent'
  | 'silence'
  | 'level-setting'
  | 'comment'
  | 'reason'
  | 'from'
  | 'tests'
  | 'summary'
  | 'intro',
  Localized
>;

const WORDS: Words = {
  language: { en: '简体中文', 'zh-cn': 'English' },
  rules: { en: 'Rules', 'zh-cn': '规则' },
  rule: { en: 'Rule', 'zh-cn': '规则' },
  group: { en: 'Group', 'zh-cn': '分组' },
  level: { en: 'Level', 'zh-cn': '级别' },
  fixes: { en: 'Quick-fixes', 'zh-cn': '快速修复' },
  none: { en: 'none', 'zh-cn': '无' },
  same: { en: 'Also reported by', 'zh-cn': '同类检查' },
  why: { en: 'Why', 'zh-cn': '原因' },
  example: { en: 'Example', 'zh-cn': '示例' },
  reported: { en: 'Reported:', 'zh-cn': '会被报告：' },
  repaired: { en: 'Repaired:', 'zh-cn': '修复后：' },
  repair: { en: 'How to repair it', 'zh-cn': '如何修复' },
  silent: { en: 'When it says nothing', 'zh-cn': '何时不报告' },
  silence: { en: 'How to silence it', 'zh-cn': '如何关闭' },
  'level-setting': {
    en: 'For a repository, in `goroutine-hygiene.jsonc` (levels: `error`, `warning`, `information`, `hint`, `off`):',
    'zh-cn':
      '针对整个仓库，在 `goroutine-hygiene.jsonc` 中设置（级别：`error`、`warning`、`information`、`hint`、`off`）：',
  },
  comment: {
    en: 'For one place, with a comment on the line above; the reason is required:',
    'zh-cn': '针对单处代码，在上一行写注释，必须给出理由：',
  },
  reason: { en: 'why this is safe here', 'zh-cn': '此处安全的理由' },
  tests: { en: '{level} in tests', 'zh-cn': '测试文件中：{level}' },
  from: { en: 'from Go {version}: {level}', 'zh-cn': 'Go {version} 起：{level}' },
  summary: { en: 'What it finds', 'zh-cn': '检查内容' },
  intro: {
    en: 'Every rule with its default level. Levels can be changed per rule in the editor settings (`goroutineHygiene.rules`) and in `goroutine-hygiene.jsonc`.',
    'zh-cn':
      '全部规则及其默认级别。可在编辑器设置（`goroutineHygiene.rules`）和 `goroutine-hygiene.jsonc` 中逐条修改级别。',
  },
};

const LEVELS: Record<Level, Localized> = {
  error: { en: 'error', 'zh-cn': '错误' },
  warning: { en: 'warning', 'zh-cn': '警告' },
  information: { en: 'information', 'zh-cn': '信息' },
  hint: { en: 'hint', 'zh-cn': '提示' },
  off: { en: 'off', 'zh-cn': '关闭' },
};

const GROUPS: Record<Group, Localized> = {
  context: { en: 'Contexts', 'zh-cn': 'context' },
  timer: { en: 'Timers and tickers', 'zh-cn': '定时器' },
  goroutine: { en: 'Goroutines', 'zh-cn': 'goroutine' },
  channel: { en: 'Channels', 'zh-cn': 'channel' },
  sync: { en: 'Locks and groups', 'zh-cn': '锁与同步组' },
  resource: { en: 'Resources that pin goroutines', 'zh-cn': '占住 goroutine 的资源' },
  suppression: { en: 'Comments that silence findings', 'zh-cn': '抑制注释' },
};

/** The default level of a rule in words, with the Go versions from which it changes. */
export function levelInWords(rule: Rule, locale: Locale): string {
  const from = (rule.meta.from ?? []).map(({ version, level }) =>
    WORDS.from[locale].replace('{version}', version).replace('{level}', LEVELS[level][locale]),
  );
  const tests = rule.meta.inTests ? [WORDS.tests[locale].replace('{level}', LEVELS[rule.meta.inTests][locale])] : [];
  return [LEVELS[rule.meta.level][locale], ...from, ...tests].join(locale === 'en' ? ', ' : '，');
}

/** The page of one rule. `links`: with links to the index and the other language, as in `docs/rules/`. */
export function rulePage(rule: Rule, locale: Locale, options: { links?: boolean } = {}): string {
  const { meta, text } = rule;
  const { docs } = text;
  const word = (key: keyof Words): string => WORDS[key][locale];
  const fact = (key: keyof Words, value: string): string => `- ${word(key)}${locale === 'en' ? ': ' : '：'}${value}`;
  const facts = [
    fact('group', GROUPS[meta.group][locale]),
    fact('level', levelInWords(rule, locale)),
    fact('fixes', codeList(meta.fixes) || word('none')),
    ...(meta.overlaps?.length ? [fact('same', codeList(meta.overlaps))] : []),
  ];
  const other = locale === 'en' ? `zh-cn/${meta.id}.md` : `../${meta.id}.md`;
  const sections = [
    `# ${meta.id}`,
    docs.summary[locale],
    ...(options.links ? [`[${word('rules')}](README.md) · [${word('language')}](${other})`] : []),
    facts.join('\n'),
    `## ${word('why')}`,
    docs.why[locale],
    `## ${word('example')}`,
    word('reported'),
    goBlock(docs.bad),
    word('repaired'),
    goBlock(docs.good),
    `## ${word('repair')}`,
    docs.fix[locale],
    `## ${word('silent')}`,
    docs.silent[locale],
    `## ${word('silence')}`,
    word('level-setting'),
    block('jsonc', `{ "rules": { "${meta.id}": "off" } }`),
    word('comment'),
    block('go', `//hygiene:ignore ${meta.id} ${word('reason')}`),
  ];
  return `${sections.map((s) => s.trim()).join('\n\n')}\n`;
}

/** The table of all rules. */
export function rulesIndex(rules: readonly Rule[], locale: Locale): string {
  const word = (key: keyof Words): string => WORDS[key][locale];
  const parts = [
    `# ${word('rules')}`,
    `[${word('language')}](${locale === 'en' ? 'zh-cn/' : '../'}README.md)`,
    word('intro'),
  ];
  for (const group of Object.keys(GROUPS) as Group[]) {
    const members = rules.filter((r) => r.meta.group === group);
    if (members.length === 0) continue;
    const rows = members.map((r) => {
      const summary = r.text.docs.summary[locale].replaceAll('|', '\\|');
      return `| [${r.meta.id}](${r.meta.id}.md) | ${levelInWords(r, locale)} | ${summary} | ${codeList(r.meta.fixes)} |`;
    });
    const head = `| ${word('rule')} | ${word('level')} | ${word('summary')} | ${word('fixes')} |\n| --- | --- | --- | --- |`;
    parts.push(`## ${GROUPS[group][locale]}`, `${head}\n${rows.join('\n')}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function codeList(items: readonly string[]): string {
  return items.map((item) => `\`${item}\``).join(', ');
}

function goBlock(code: string): string {
  return block('go', code.trim());
}

function block(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
