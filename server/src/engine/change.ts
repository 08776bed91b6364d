/** Makes changes of edits that know their files: of what a fix or a refactoring edits. */
import { byFile, plainEdit, type FileEdit } from '../fixes/file-edit.ts';
import type { GoPackage } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { formatMessage } from '../rules/format.ts';
import type { Locale, Localized } from '../rules/rule.ts';
import type { Change, FileEdits, TextEdit } from './finding.ts';

/** A person has to see before that other files change. */
const TITLES: Record<'also' | 'only', Localized> = {
  also: { en: '{title} (also changes {files})', 'zh-cn': '{title}（同时修改 {files}）' },
  only: { en: '{title} (in {files})', 'zh-cn': '{title}（在 {files} 中）' },
};

/**
 * @param file that of the finding, or the one it was asked for
 * @param pkg the package it is in: what is in another one, or is written by a program, is not edited along with it
 * @returns undefined where there is nothing to edit, or something that is not to be edited
 */
export function changeOf(
  file: SourceFile,
  pkg: GoPackage | undefined,
  edits: readonly FileEdit[] | undefined,
  title: string,
  locale: Locale,
): (Change & { title: string }) | undefined {
  if (!edits || edits.length === 0) return undefined;
  const files = byFile(edits);
  const own = files.get(file) ?? [];
  files.delete(file);
  if (files.size === 0) return { title, edits: sorted(own) };
  const others = [...files].sort(([a], [b]) => (a.path < b.path ? -1 : 1));
  if (!others.every(([other]) => pkg?.files.includes(other) && !other.outline.generated)) return undefined;
  const names = others.map(([{ name }]) => `\`${name}\``).join(', ');
  return {
    title: formatMessage(TITLES[own.length > 0 ? 'also' : 'only'][locale], { title, files: names }),
    edits: sorted(own),
    elsewhere: others.map(([{ path }, theirs]): FileEdits => ({ path, edits: sorted(theirs) })),
  };
}

function sorted(edits: readonly FileEdit[]): TextEdit[] {
  return edits.map(plainEdit).sort((a, b) => a.start - b.start || a.end - b.end);
}
