/** What the comment above a declaration says. */
import type { PackageMember } from './package.ts';

/** The lines of the comment right above a declaration as one text, without the slashes; empty where there is none. */
export function docComment({ file, declaration }: PackageMember): string {
  const lines = file.text.slice(0, declaration.base).split('\n');
  // The last piece is what stands before the declaration on its line.
  const above = lines.slice(0, -1);
  const first = above.findLastIndex((line) => !line.startsWith('//')) + 1;
  return above
    .slice(first)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ');
}

/** True where a comment says that a function is not to be called after something: whoever does has not read it. */
export function forbidsCallsAfter(member: PackageMember): boolean {
  return /\b(?:not|never|no)\b[^.]*\bafter\b/i.test(docComment(member));
}
