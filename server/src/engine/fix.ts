/** Makes fixes of what rules offer. */
import { byFile, plainEdit, type FileEdit } from '../fixes/file-edit.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { FixSpec } from '../rules/context.ts';
import { formatMessage } from '../rules/format.ts';
import type { Locale, Localized } from '../rules/rule.ts';
import type { FileEdits, Fix, TextEdit } from './finding.ts';

/** A person has to see before that other files change. */
const TITLES: Record<'also' | 'only', Localized> = {
  also: { en: '{title} (also changes {files})', 'zh-cn': '{title}（同时修改 {files}）' },
  only: { en: '{title} (in {files})', 'zh-cn': '{title}（在 {files} 中）' },
};

/**
 * @param file that of the finding
 * @returns undefined where there is nothing to edit, or a file that may not be edited along with this one
 */
export function fixOf(file: SourceFile, spec: FixSpec, title: string, locale: Locale): Fix | undefined {
  if (!spec.edits || spec.edits.length === 0) return undefined;
  const files = byFile(spec.edits);
  const own = files.get(file) ?? [];
  files.delete(file);
  const others = [...files].sort(([a], [b]) => (a.path < b.path ? -1 : 1));
  if (!others.every(([other]) => mayEdit(other, file))) return undefined;
  const { id, kind = 'quickfix', preferred = false, safe = false } = spec;
  const elsewhere = others.map(([{ path }, edits]): FileEdits => ({ path, edits: sorted(edits) }));
  return {
    id,
    title: titleOf(title, own.length > 0 ? 'also' : 'only', others, locale),
    kind,
    preferred,
    safe,
    edits: sorted(own),
    ...(elsewhere.length > 0 && { elsewhere }),
  };
}

function sorted(edits: readonly FileEdit[]): TextEdit[] {
  return edits.map(plainEdit).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Not what a program writes, nor what is in another folder: that was not asked about. */
function mayEdit(other: SourceFile, { path }: SourceFile): boolean {
  return folderOf(other.path) === folderOf(path) && !other.outline.generated;
}

function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, '');
}

function titleOf(
  title: string,
  which: 'also' | 'only',
  others: readonly [SourceFile, unknown][],
  locale: Locale,
): string {
  if (others.length === 0) return title;
  const files = others.map(([{ name }]) => `\`${name}\``).join(', ');
  return formatMessage(TITLES[which][locale], { title, files });
}
