/** Other packages of the workspace that a file imports, and the names of their functions that a rule wants to know of. */
import type { GoPackage, Program } from './package.ts';
import type { SourceFile } from './source-file.ts';

const known = new WeakMap<Program, Map<SourceFile, readonly GoPackage[]>>();

/** The packages of the workspace that a file imports. Their files are read: ask only where the text gives a reason to. */
export function importedBy(program: Program, file: SourceFile): readonly GoPackage[] {
  let byFile = known.get(program);
  if (!byFile) known.set(program, (byFile = new Map<SourceFile, readonly GoPackage[]>()));
  let packages = byFile.get(file);
  if (!packages) {
    packages = file.importPaths.flatMap((path) => importedAt(program, path) ?? []);
    byFile.set(file, packages);
  }
  return packages;
}

/** The package of the workspace that an import path stands for. */
export function importedAt(program: Program, path: string): GoPackage | undefined {
  const pkg = program.package(path);
  return pkg?.isStub ? undefined : pkg;
}

/** True where a package that a file imports has a function or method of a name that is among those told. */
export function isNamedIn(
  program: Program,
  file: SourceFile,
  name: string,
  names: (pkg: GoPackage) => ReadonlySet<string>,
): boolean {
  return importedBy(program, file).some((pkg) => names(pkg).has(name));
}
