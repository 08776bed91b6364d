/** Words the server itself says to people, by message id. */
import { formatMessage } from '../rules/format.ts';
import type { Locale, Localized } from '../rules/rule.ts';

const MESSAGES = {
  fixAll: { en: 'Apply all safe goroutine hygiene fixes', 'zh-cn': '应用所有安全的 goroutine 卫生修复' },
  suppress: { en: 'Suppress {rule} here with a reason', 'zh-cn': '在此处抑制 {rule} 并说明原因' },
  suppressInDeclaration: {
    en: 'Suppress {rule} in the whole declaration with a reason',
    'zh-cn': '在整个声明中抑制 {rule} 并说明原因',
  },
  suppressInFile: {
    en: 'Suppress {rule} in the whole file with a reason',
    'zh-cn': '在整个文件中抑制 {rule} 并说明原因',
  },
  scanTitle: { en: 'Goroutine Hygiene scan', 'zh-cn': 'Goroutine Hygiene 扫描' },
  scanProgress: {
    en: '{done}/{total} files, findings: {findings}',
    'zh-cn': '{done}/{total} 个文件，发现：{findings}',
  },
  scanEnd: { en: 'findings: {findings}', 'zh-cn': '发现：{findings}' },
  engineFailed: {
    en: 'The Go grammar could not be loaded; nothing is checked. {reason}',
    'zh-cn': '无法加载 Go 语法；未进行任何检查。{reason}',
  },
  configBroken: {
    en: 'The configuration {path} is not used: {problem}',
    'zh-cn': '配置 {path} 未被使用：{problem}',
  },
  configPartial: {
    en: 'An entry of the configuration {path} is left out: {problem}',
    'zh-cn': '配置 {path} 中的一个条目被忽略：{problem}',
  },
  why: { en: 'Why it matters', 'zh-cn': '为什么重要' },
  path: { en: 'How it gets there', 'zh-cn': '如何走到这一步' },
  repair: { en: 'How to fix it', 'zh-cn': '如何修复' },
  page: { en: 'More about this rule', 'zh-cn': '关于此规则的更多信息' },
  suppressed: { en: 'Suppressed: {reason}', 'zh-cn': '已抑制：{reason}' },
} satisfies Record<string, Localized>;

export type MessageId = keyof typeof MESSAGES;

/** A message in the given language; `{name}` placeholders come from `args`. */
export function say(id: MessageId, locale: Locale, args: Record<string, string | number> = {}): string {
  return formatMessage(MESSAGES[id][locale], args);
}
