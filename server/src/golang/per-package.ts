/** What is searched for once in each package. */
import type { Analysis } from './analysis.ts';
import { DECLARATION, nested } from './effort.ts';
import type { GoPackage } from './package.ts';
import { type Answer, remembered } from './reads.ts';

/**
 * @param search what looks through a package: it may not ask what other packages hold, as they change without this one
 * @returns a function that gives what was found, and searches no more than once
 */
export function perPackage<T>(search: (pkg: GoPackage) => T): (pkg: GoPackage) => T {
  const known = new WeakMap<GoPackage, { found: T }>();
  return (pkg) => {
    let answer = known.get(pkg);
    if (!answer) known.set(pkg, (answer = { found: search(pkg) }));
    return answer.found;
  };
}

/**
 * The same where the search may ask what the whole analysis knows.
 * @param nothing what is found where the search takes too long
 * @param search what it finds is kept with what it was read from
 */
export function perAnalysedPackage<T>(
  nothing: NoInfer<T>,
  search: (analysis: Analysis, pkg: GoPackage) => T,
): (analysis: Analysis, pkg: GoPackage) => T {
  const known = new WeakMap<Analysis, Map<GoPackage, Answer<T>>>();
  return (analysis, pkg) => {
    let ofPackage = known.get(analysis);
    if (!ofPackage) known.set(analysis, (ofPackage = new Map()));
    return remembered(ofPackage, pkg, () => nested<T>(DECLARATION, nothing, () => search(analysis, pkg)));
  };
}
