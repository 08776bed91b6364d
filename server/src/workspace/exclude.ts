/** What the `exclude` and `tests` settings of a config leave out. */
import picomatch from 'picomatch';
import type { Config } from './config.ts';
import { ancestors, basename, relativeInside } from './paths.ts';

/** Tests one path. A glob without `/` matches names at any depth, as in `.gitignore`. */
export function excludedBy(config: Config): (path: string) => boolean {
  const { directory, exclude } = config;
  if (directory === undefined || exclude.length === 0) return () => false;
  const matchers = exclude.map((glob) => {
    const pattern = glob.replace(/^\.?\//, '').replace(/\/$/, '');
    const matches = picomatch(pattern, { dot: true });
    const byName = !pattern.includes('/');
    return (inside: string) => matches(inside) || (byName && matches(basename(inside)));
  });
  return (path) => {
    const inside = relativeInside(directory, path);
    return inside !== undefined && inside !== '' && matchers.some((matches) => matches(inside));
  };
}

/** True when a config wants nothing said about a file: it, or a folder it is in, is excluded, or it is a test and tests are off. */
export function leavesOut(config: Config, path: string): boolean {
  if (!config.tests && path.endsWith('_test.go')) return true;
  const excluded = excludedBy(config);
  if (excluded(path)) return true;
  for (const directory of ancestors(path)) if (excluded(directory)) return true;
  return false;
}
