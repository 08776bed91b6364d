/**
 * A test for file names from a glob whose folders do not matter: `*`, `*.go` or `{*.go,.gitignore}`, each perhaps
 * after a leading recursive part. VS Code matches the globs of a search itself but offers extensions no way to match a name.
 */
export function nameTest(glob: string): (name: string) => boolean {
  const last = glob.slice(glob.lastIndexOf('/') + 1);
  const alternatives = /^\{(.*)\}$/.exec(last)?.[1]?.split(',') ?? [last];
  const sources = alternatives.map((each) => each.replace(/[.+^$()|[\]\\?{}]/g, '\\$&').replaceAll('*', '.*'));
  const pattern = new RegExp(`^(?:${sources.join('|')})$`);
  return (name) => pattern.test(name);
}
