/** Packages that only tests use, told by where they are. */

/** Names that Go projects give to folders with code for tests. */
const FOR_TESTS = /^(?:tests?|e2e|fixtures|(?:internal)?testing|test-?(?:utils?|helpers?|support|suite))$/;

/**
 * True for a package in a folder for tests: `example.com/owner/app/test/e2e`, `…/internal/testutil`. Where the module itself has such a
 * name that says nothing; a module's path has up to three elements where it begins with a host, else one.
 *
 * @param path import path, or what stands for it where that is not known
 */
export function isForTests(path: string): boolean {
  if (path.startsWith('dir:')) return false;
  const elements = path.replace(/#.*$/, '').split('/');
  return elements.slice(elements[0]?.includes('.') ? 3 : 1).some((name) => FOR_TESTS.test(name));
}
