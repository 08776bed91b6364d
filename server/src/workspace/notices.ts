/** Notices about files the scan could not treat like any other, in every language. */
import type { Notice, Range } from '../engine/finding.ts';
import { noticeFrom, type NoticeText } from '../engine/notices.ts';
import type { Locale } from '../rules/rule.ts';

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
  'invalid-config-entry': {
    severity: 'error',
    text: {
      en: '{problem} The entry is left out; everything else in this configuration holds.',
      'zh-cn': '{problem} 该条目被忽略；此配置的其余内容有效。',
    },
  },
  quarantined: {
    severity: 'error',
    text: {
      en: 'The analysis failed ({reason}); the scan went on without it.',
      'zh-cn': '分析失败（{reason}）；扫描已跳过它继续进行。',
    },
  },
} satisfies Record<string, NoticeText>;

export type NoticeCode = keyof typeof NOTICES;

/** A notice in the given language; `{name}` placeholders come from `args`. */
export function makeNotice(
  code: NoticeCode,
  path: string,
  locale: Locale,
  args?: Record<string, string | number>,
  range?: Range,
): Notice {
  return noticeFrom(code, NOTICES[code], path, locale, args, range);
}

/** What the usual error codes of a file system mean, in the words of `strerror`. */
const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EBUSY: 'resource busy',
  EIO: 'input/output error',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'file name too long',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
};

/** What went wrong in a few words, without the path and the stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? (REASONS[code] ?? code) : error.message;
}
