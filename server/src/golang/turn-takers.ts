/** Functions that take a lock or a slot and do not give it back, `l.lock(key)`: told from their text, for those who call them in a loop. */
import type { GoPackage } from './package.ts';
import { functionsToldByText } from './told-by-text.ts';

/** Where something is taken, after the name by which it would be given back. */
const TAKES = / <- (?:struct\{\}\{\}|true)|\.(?:Try)?(?:R?Lock\(\)|Acquire\()/g;
const NAME = /\w+$/;
const LONGEST = 80;

/** Names of functions of a package that seem to keep what they take. */
export const takerNames = functionsToldByText(keeps);

function keeps(text: string): boolean {
  const names = new Set(
    Array.from(text.matchAll(TAKES), ({ index }) => NAME.exec(text.slice(Math.max(0, index - LONGEST), index))?.[0]),
  );
  for (const name of names) {
    if (name === undefined) continue;
    if (!new RegExp(`<-[\\w.]*\\b${name}\\b|\\b${name}\\.(?:R?Unlock|Release)\\(`).test(text)) return true;
  }
  return false;
}

/** Finds functions that call one of these in a loop; undefined for a package without any. */
export function takersInTurnsTest(
  pkg: GoPackage,
): { inFile(text: string): Pick<RegExp, 'test'> | undefined } | undefined {
  const names = takerNames(pkg);
  const own = names.length > 0 ? `|\\b(?:${names.join('|')})\\(` : '';
  const calls = new RegExp(`\\.(?:TryR?Lock|(?:Try)?Acquire)\\(${own}`);
  const inLoop = { test: (text: string) => text.includes(' range ') && text.includes('return') && calls.test(text) };
  return { inFile: (text) => (inLoop.test(text) ? inLoop : undefined) };
}
