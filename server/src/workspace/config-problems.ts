/** What can be wrong with a config file, in every language. */
import { formatMessage } from '../rules/format.ts';
import type { Localized } from '../rules/rule.ts';

export interface ConfigProblem {
  /** 1-based. */
  line: number;
  /** 1-based UTF-16 column. */
  column: number;
  /** One sentence, or two. */
  message: Localized;
}

const PROBLEMS = {
  unreadable: { en: 'Cannot be read: {reason}.', 'zh-cn': '无法读取：{reason}。' },
  notJson: { en: 'Not valid JSON: {reason}.', 'zh-cn': '不是有效的 JSON：{reason}。' },
  unknownRule: { en: 'Unknown rule "{key}".', 'zh-cn': '未知的规则“{key}”。' },
  unknownSetting: { en: 'Unknown setting "{key}".', 'zh-cn': '未知的设置“{key}”。' },
  unknownRuleNear: {
    en: 'Unknown rule "{key}". Did you mean "{near}"?',
    'zh-cn': '未知的规则“{key}”。您是否想写“{near}”？',
  },
  unknownSettingNear: {
    en: 'Unknown setting "{key}". Did you mean "{near}"?',
    'zh-cn': '未知的设置“{key}”。您是否想写“{near}”？',
  },
  notAnOption: { en: '"{key}" must be one of {options}.', 'zh-cn': '“{key}”必须是以下之一：{options}。' },
  wrongType: {
    en: '"{key}" must be of type {expected}, not {actual}.',
    'zh-cn': '“{key}”的类型必须是 {expected}，而不是 {actual}。',
  },
  notAnObject: {
    en: 'The configuration must be of type {expected}, not {actual}.',
    'zh-cn': '配置的类型必须是 {expected}，而不是 {actual}。',
  },
  missing: { en: '"{key}" is missing.', 'zh-cn': '缺少“{key}”。' },
  empty: { en: '"{key}" must not be empty.', 'zh-cn': '“{key}”不能为空。' },
  notAnAcquire: {
    en: '"{value}" is not the name of an exported function or method. Write "example.com/pool.Open" for a function, "example.com/pool.(*Pool).Get" for a method.',
    'zh-cn':
      '“{value}”不是导出函数或方法的名称。函数请写成“example.com/pool.Open”，方法请写成“example.com/pool.(*Pool).Get”。',
  },
  notARelease: {
    en: '"{value}" does not say what releases it. Write "Close" for a method of the result, "()" to call the result, "example.com/pool.(*Pool).Put" for a function or method that gets it as an argument.',
    'zh-cn':
      '“{value}”没有说明如何释放。结果的方法请写成“Close”，调用结果本身请写成“()”，以结果为参数的函数或方法请写成“example.com/pool.(*Pool).Put”。',
  },
  notAField: {
    en: '"{value}" is not the name of an exported field, such as "Body".',
    'zh-cn': '“{value}”不是导出字段的名称（例如“Body”）。',
  },
  notALine: { en: '"{key}" must be a text on one line.', 'zh-cn': '“{key}”必须是一行文字。' },
  repeated: {
    en: '"{value}" has an entry for this result already.',
    'zh-cn': '“{value}”的这个结果已有条目。',
  },
  other: { en: '"{key}": {reason}.', 'zh-cn': '“{key}”：{reason}。' },
} satisfies Record<string, Localized>;

export type ConfigProblemId = keyof typeof PROBLEMS;

/** A problem at an offset of the config's text; `args` fill the placeholders of its message. */
export function configProblem(
  text: string,
  offset: number,
  id: ConfigProblemId,
  args: Record<string, string>,
): ConfigProblem {
  const before = text.slice(0, offset);
  return {
    line: before.split('\n').length,
    column: offset - (before.lastIndexOf('\n') + 1) + 1,
    message: { en: formatMessage(PROBLEMS[id].en, args), 'zh-cn': formatMessage(PROBLEMS[id]['zh-cn'], args) },
  };
}
