/** Packages that are looked at together with a small program: what it does is told by the code that it runs. */
import { isTiny, MAX_PROGRAM } from '../concurrency/model/entries.ts';
import { GoPackage } from '../golang/package.ts';
import type { AskedPackages } from './imported-packages.ts';

/**
 * The packages of the workspace that small programs among `packages` import, directly or not, as parts of what is analysed; none where there
 * is more than a program may have to be followed through all it computes, or where one is not small itself.
 */
export function joinedPackages(packages: readonly GoPackage[], asked: AskedPackages | undefined): GoPackage[] {
  if (!asked) return [];
  const joined = new Map<string, GoPackage>();
  for (const program of packages) {
    if (program.name !== 'main' || !isTiny(program)) continue;
    for (const [path, pkg] of importedBy(program, asked) ?? []) joined.set(path, pkg);
  }
  return [...joined.values()];
}

/** True for the text of a file with the `main` of a program that may be small, whatever else it says. */
export function isSmallProgram(text: string): boolean {
  return text.length <= MAX_PROGRAM && /^package main$/m.test(text) && /^func main\(\)/m.test(text);
}

/** All that a program imports of the workspace; undefined when that is too much. */
function importedBy(program: GoPackage, asked: AskedPackages): ReadonlyMap<string, GoPackage> | undefined {
  const found = new Map<string, GoPackage>();
  let length = program.length;
  const work = pathsOf(program);
  for (let path = work.pop(); path !== undefined; path = work.pop()) {
    if (found.has(path) || !asked.covers(path)) continue;
    const pkg = asked.package(path);
    if (!pkg) continue;
    length += pkg.length;
    if (length > MAX_PROGRAM) return undefined;
    found.set(path, new GoPackage(path, pkg.name, pkg.files));
    work.push(...pathsOf(pkg));
  }
  return found;
}

function pathsOf(pkg: GoPackage): string[] {
  return pkg.files.flatMap((f) => f.importPaths);
}
