/** Files that newer versions of Go leave out. */
import type { SourceFile } from './source-file.ts';

/** True for a file with a build constraint such as `!go1.17`: it stands in for what old versions do not have. */
export function isForOldGo({ text, outline }: SourceFile): boolean {
  return /^\/\/(?:go:build|[ \t]*\+build)\b.*!go1\.\d/m.test(text.slice(0, Math.max(0, outline.packageEnd)));
}
