/** Tells from their text which declarations call a function of the package that gives its callers something of a type. */
import type { GoPackage } from './package.ts';

/** Tells of a file by its text which of its declarations have such a call. */
export interface CallTest {
  /** The test for the text of each declaration; undefined when none has one. */
  inFile(text: string): RegExp | undefined;
}

/**
 * Finds the calls of functions and methods that the package declares, with a header that matches, by their names; undefined
 * where it declares none.
 *
 * @param header for the text from `func` up to the body
 * @param others names of further functions
 */
export function callsOfMakers(pkg: GoPackage, header: RegExp, others: Iterable<string> = []): CallTest | undefined {
  return callsOf([...makersIn(pkg, header), ...others]);
}

/** Names of the functions and methods of a package with a header that matches. */
export function makersIn(pkg: GoPackage, header: RegExp): string[] {
  return pkg.files.flatMap((file) =>
    file.outline.decls.flatMap((d) => {
      if (d.tok !== 'func' || d.body < 0 || file.isTest) return [];
      return header.test(file.text.slice(d.base, d.body)) ? d.names : [];
    }),
  );
}

/**
 * Finds the calls of functions and methods with one of these names.
 *
 * @param before a source for what stands before the name
 */
export function callsOf(names: readonly string[], before = '\\b'): CallTest | undefined {
  if (names.length === 0) return undefined;
  const calls = new RegExp(`${before}(?:${[...new Set(names)].join('|')})\\(`);
  return { inFile: (text) => (calls.test(text) ? calls : undefined) };
}
