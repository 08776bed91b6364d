/** What is searched for once in each package. */
import type { GoPackage } from './package.ts';

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
