/** Other packages of the workspace that a file imports, and the names of their functions that a rule wants to know of. */
import type { GoPackage, Program } from './package.ts';
import { perPackage } from './per-package.ts';
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

const importing = new WeakMap<Program, Map<SourceFile, boolean>>();

/** True for a file that imports packages which `importedBy` may give. No file of theirs is read. */
export function importsOthers(program: Program, file: SourceFile): boolean {
  let byFile = importing.get(program);
  if (!byFile) importing.set(program, (byFile = new Map<SourceFile, boolean>()));
  let others = byFile.get(file);
  if (others === undefined) byFile.set(file, (others = file.importPaths.some((path) => program.isOfWorkspace(path))));
  return others;
}

/** The package of the workspace that an import path stands for. */
export function importedAt(program: Program, path: string): GoPackage | undefined {
  const pkg = program.isOfWorkspace(path) ? program.package(path) : undefined;
  return pkg?.isStub ? undefined : pkg;
}

/** Names of the functions and methods of a package, told at once from its text. */
const declared = perPackage((pkg) => {
  const names = new Set<string>();
  for (const { text } of pkg.files) for (const [, name = ''] of text.matchAll(DECLARED)) names.add(name);
  return names;
});

const DECLARED = /^func (?:\([^)\n]*\) )?(\w+)/gm;

/** True where a package has a function or method of a name that is among those told. Most packages have none, and need no closer look. */
export function declaresAmong(pkg: GoPackage, name: string, names: (pkg: GoPackage) => ReadonlySet<string>): boolean {
  return declared(pkg).has(name) && names(pkg).has(name);
}

/** The same of the packages that a file imports. */
export function isNamedIn(
  program: Program,
  file: SourceFile,
  name: string,
  names: (pkg: GoPackage) => ReadonlySet<string>,
): boolean {
  return importedBy(program, file).some((pkg) => declaresAmong(pkg, name, names));
}
