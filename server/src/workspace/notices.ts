/** Notices about files the scan could not treat like any other, in every language. */
import type { Notice, Position, Severity } from '../engine/finding.ts';
import type { Locale, Localized } from '../rules/rule.ts';

const NOTICES = {
  'invalid-utf8': {
    severity: 'warning',
    text: {
      en: 'Not valid UTF-8 (first bad byte at offset {offset}); analysed with replacement characters, no fixes are offered.',
      'zh-cn': '不是有效的 UTF-8（首个错误字节位于偏移 {offset}）；已用替换字符分析，不提供修复。',
    },
  },
  'binary-file': {
    severity: 'warning',
    text: {
      en: 'Contains NUL bytes (first at offset {offset}), so it is not Go source; skipped.',
      'zh-cn': '包含 NUL 字节（首个位于偏移 {offset}），不是 Go 源代码；已跳过。',
    },
  },
  'file-too-large': {
    severity: 'warning',
    text: {
      en: 'Is {size} bytes long, more than the limit of {limit}; skipped.',
      'zh-cn': '文件有 {size} 字节，超过 {limit} 字节的上限；已跳过。',
    },
  },
  unreadable: {
    severity: 'warning',
    text: { en: 'Cannot be read ({reason}); skipped.', 'zh-cn': '无法读取（{reason}）；已跳过。' },
  },
  'not-a-file': {
    severity: 'warning',
    text: {
      en: 'Is not a regular file (a broken link, a pipe or a device); skipped.',
      'zh-cn': '不是普通文件（失效的链接、管道或设备）；已跳过。',
    },
  },
  'directory-unreadable': {
    severity: 'error',
    text: { en: 'The directory cannot be read ({reason}); skipped.', 'zh-cn': '无法读取目录（{reason}）；已跳过。' },
  },
  'path-not-found': {
    severity: 'error',
    text: { en: 'No such file or directory.', 'zh-cn': '没有该文件或目录。' },
  },
  'not-go': {
    severity: 'error',
    text: { en: 'Is not a Go file: its name does not end in .go.', 'zh-cn': '不是 Go 文件：文件名不以 .go 结尾。' },
  },
  'invalid-config': {
    severity: 'error',
    text: {
      en: '{problem} Directories that this configuration governs were not scanned.',
      'zh-cn': '{problem} 受此配置管辖的目录未被扫描。',
    },
  },
  quarantined: {
    severity: 'error',
    text: {
      en: 'The analysis failed ({reason}); the scan went on without it.',
      'zh-cn': '分析失败（{reason}）；扫描已跳过它继续进行。',
    },
  },
} satisfies Record<string, { severity: Severity; text: Localized }>;

export type NoticeCode = keyof typeof NOTICES;

/** A notice about one place in its file. */
export interface PlacedNotice extends Notice {
  position?: Position;
}

/** A notice in the given language; `{name}` placeholders come from `args`. */
export function makeNotice(
  code: NoticeCode,
  path: string,
  locale: Locale,
  args: Record<string, string | number> = {},
  position?: Position,
): PlacedNotice {
  const { severity, text } = NOTICES[code];
  const message = text[locale].replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ''));
  return { path, severity, code, message, ...(position && { position }) };
}

/** What went wrong in a few words: an error code such as `EACCES` where there is one, else the message. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return (error as { code?: string }).code ?? error.message;
  return String(error);
}
