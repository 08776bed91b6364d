/** Packages that are looked at together with those that import them: what these do is told by the code that they run. */
import { isTiny, MAX_PROGRAM } from '../concurrency/model/entries.ts';
import { CONCURRENT } from '../rules/triggers.ts';
import { apiPackageSource } from '../golang/api/index.ts';
import { GoPackage } from '../golang/package.ts';
import type { AskedPackages } from './imported-packages.ts';

/** UTF-16 units of the packages that are looked at together with one, and of each of them, at most. */
const MAX_JOINED = 120_000;
const MAX_EACH = 40_000;

/** Without one of these nobody in a package waits for what others do, or hands anybody something to wait for. */
const MATTERS = new RegExp(CONCURRENT.join('|'), 'm');

/**
 * The packages of the workspace that `packages` import, directly or not, as parts of what is analysed, as far as they are small; each of `packages` is
 * told which. A small program is followed through all it computes: it has all of them or, where that is too much, none.
 */
export function joinedPackages(packages: readonly GoPackage[], asked: AskedPackages | undefined): GoPackage[] {
  if (!asked) return [];
  const joined = new Map<string, GoPackage>();
  for (const pkg of packages) {
    const isProgram = pkg.name === 'main' && isTiny(pkg);
    // To have them read has a price.
    if (!isProgram && !pkg.files.some((f) => MATTERS.test(f.text))) continue;
    const found = importedBy(pkg, asked, isProgram ? MAX_PROGRAM - pkg.length : MAX_JOINED, isProgram, joined);
    pkg.joined = found ?? [];
  }
  return [...joined.values()];
}

/** True for the text of a file with the `main` of a program that may be small, whatever else it says. */
export function isSmallProgram(text: string): boolean {
  return text.length <= MAX_PROGRAM && /^package main$/m.test(text) && /^func main\(\)/m.test(text);
}

/**
 * What a package imports of the workspace, the nearest first.
 *
 * @param room for how much of it
 * @param isWhole undefined is given when that is not all
 * @param made the packages that are parts of the analysis already
 */
function importedBy(
  importer: GoPackage,
  asked: AskedPackages,
  room: number,
  isWhole: boolean,
  made: Map<string, GoPackage>,
): GoPackage[] | undefined {
  const found = new Map<string, GoPackage>();
  const work = pathsOf(importer);
  let left = room;
  // What is added on the way is visited, too.
  for (const path of work) {
    if (found.has(path) || path === importer.path || apiPackageSource(path) !== undefined || !asked.covers(path))
      continue;
    const pkg = asked.package(path);
    if (!pkg) continue;
    const isTooLarge = pkg.length > left || (!isWhole && pkg.length > MAX_EACH);
    if (isTooLarge && isWhole) return undefined;
    if (isTooLarge) continue;
    left -= pkg.length;
    found.set(path, made.get(path) ?? new GoPackage(path, pkg.name, pkg.files));
    work.push(...pathsOf(pkg));
  }
  for (const [path, pkg] of found) made.set(path, pkg);
  return [...found.values()];
}

function pathsOf(pkg: GoPackage): string[] {
  return pkg.files.flatMap((f) => f.importPaths);
}
