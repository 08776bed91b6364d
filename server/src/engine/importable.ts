/** Which of the packages in a directory its import path stands for. */
import type { SourceFile } from '../golang/source-file.ts';

/** The package name that a directory's import path stands for: of names other than tests and commands that with the most files. */
export function importable(byName: ReadonlyMap<string, readonly SourceFile[]>): string | undefined {
  const rank = (name: string): number =>
    name === '' ? 0 : name.endsWith('_test') ? 1 : name === 'main' || name === 'documentation' ? 2 : 3;
  const names = [...byName].sort(([a, x], [b, y]) => rank(b) - rank(a) || y.length - x.length);
  return names[0]?.[0].replace(/_test$/, '');
}
