/** What a package is for, told by the folder it is in. */

/** Names that Go projects give to folders with code for tests. */
const FOR_TESTS = /^(?:tests?|e2e|fixtures|(?:internal)?testing|test-?(?:utils?|helpers?|support|suite))$/;

/** True for a package in a folder for tests: `example.com/owner/app/test/e2e`, `…/internal/testutil`. */
export function isForTests(path: string): boolean {
  return foldersOf(path).some((name) => FOR_TESTS.test(name));
}

/** True for a package below `cmd`: it belongs to a program. */
export function isOfProgram(path: string): boolean {
  return foldersOf(path).includes('cmd');
}

/**
 * The folders of a package below its module, whose own name says nothing. A module's path has up to three elements where it begins with
 * a host, else one.
 *
 * @param path import path, or what stands for it where that is not known
 */
function foldersOf(path: string): string[] {
  if (path.startsWith('dir:')) return [];
  const elements = path.replace(/#.*$/, '').split('/');
  return elements.slice(elements[0]?.includes('.') ? 3 : 1);
}
