/** The packages in a directory, and which of them its import path stands for. */
import type { SourceFile } from '../golang/source-file.ts';

/** Files by the name in their package clause, in the order in which the names come up. */
export function byPackageName(files: readonly SourceFile[]): Map<string, SourceFile[]> {
  const byName = new Map<string, SourceFile[]>();
  for (const f of files) {
    const name = f.packageName;
    const list = byName.get(name);
    if (list) list.push(f);
    else byName.set(name, [f]);
  }
  return byName;
}

/** The package name that a directory's import path stands for: of names other than tests and commands that with the most files. */
export function importable(byName: ReadonlyMap<string, readonly SourceFile[]>): string | undefined {
  const rank = (name: string): number =>
    name === '' ? 0 : name.endsWith('_test') ? 1 : name === 'main' || name === 'documentation' ? 2 : 3;
  const names = [...byName].sort(([a, x], [b, y]) => rank(b) - rank(a) || y.length - x.length);
  return names[0]?.[0].replace(/_test$/, '');
}
