/** Notices of the engine in every language, and how a notice is made from its texts. */
import { formatMessage } from '../rules/format.ts';
import type { Locale, Localized } from '../rules/rule.ts';
import type { Notice, Range, Severity } from './finding.ts';

/** A kind of notice: how grave it is and what it says, with `{name}` placeholders. */
export interface NoticeText {
  severity: Severity;
  text: Localized;
}

const NOTICES = {
  'suppression-without-reason': {
    severity: 'warning',
    text: {
      en: "'{comment}' silences nothing because it gives no reason. Write why after the rule name.",
      'zh-cn': '“{comment}”没有给出理由，因此不起作用。请在规则名之后写明原因。',
    },
  },
  'daemon-without-reason': {
    severity: 'warning',
    text: {
      en: "'{comment}' silences nothing because it gives no reason. Write why the goroutine is meant never to end.",
      'zh-cn': '“{comment}”没有给出理由，因此不起作用。请写明为什么该 goroutine 与进程同生命周期。',
    },
  },
  'suppression-unknown-rule': {
    severity: 'warning',
    text: {
      en: "'{comment}' names the rule '{rule}', which does not exist.{hint}",
      'zh-cn': '“{comment}”提到的规则“{rule}”不存在。{hint}',
    },
  },
  unbalanced: {
    severity: 'information',
    text: {
      en: 'This is not valid Go: brackets, quotes or comments are not closed. Declarations that can still be read were analysed.',
      'zh-cn': '不是有效的 Go 代码：括号、引号或注释没有闭合。仍能读懂的声明已作分析。',
    },
  },
  'not-parsed': {
    severity: 'information',
    text: {
      en: "'{name}' could not be parsed and was not analysed.",
      'zh-cn': '“{name}”无法解析，未作分析。',
    },
  },
  'declaration-too-long': {
    severity: 'information',
    text: {
      en: "'{name}' is {size} KiB long and was not analysed; the limit is {limit} KiB.",
      'zh-cn': '“{name}”长达 {size} KiB，未作分析；上限为 {limit} KiB。',
    },
  },
  'declaration-too-complex': {
    severity: 'information',
    text: {
      en: "'{name}' takes too much work to analyse; rule {rule} looked at a part of it only.",
      'zh-cn': '“{name}”过于复杂；规则 {rule} 只检查了其中一部分。',
    },
  },
  'rule-failed': {
    severity: 'information',
    text: {
      en: 'Rule {rule} failed on {name}: {reason}. Its other findings and the other rules are not affected; please report this.',
      'zh-cn': '规则 {rule} 在分析 {name} 时失败：{reason}。其他结果与其他规则不受影响；请报告此问题。',
    },
  },
} satisfies Record<string, NoticeText>;

export type EngineNoticeCode = keyof typeof NOTICES;

/** A notice of the engine; `args` fill the placeholders of its text. */
export function engineNotice(
  code: EngineNoticeCode,
  path: string,
  locale: Locale,
  args: Record<string, string | number> = {},
  range?: Range,
): Notice {
  return noticeFrom(code, NOTICES[code], path, locale, args, range);
}

/** A notice from its texts. */
export function noticeFrom(
  code: string,
  { severity, text }: NoticeText,
  path: string,
  locale: Locale,
  args: Record<string, string | number> = {},
  range?: Range,
): Notice {
  return { path, severity, code, message: formatMessage(text[locale], args), ...(range && { range }) };
}
