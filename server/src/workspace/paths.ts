/** Arithmetic on absolute `/`-separated paths, without node so that it works in a browser. */

/** Joins and normalises: `.` and `..` are resolved, double slashes collapse. An absolute `rest` replaces what is before it. */
export function join(base: string, rest: string): string {
  return normalize(isAbsolute(rest) ? rest : `${base}/${rest}`);
}

/** True for `/x` and `C:/x`. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** The parent directory; the root is its own parent. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return path;
  const head = path.slice(0, slash);
  return head === '' || /^[A-Za-z]:$/.test(head) ? `${head}/` : head;
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `base/name` for a plain entry name; cheaper than `join`. */
export function child(base: string, name: string): string {
  return base.endsWith('/') ? base + name : `${base}/${name}`;
}

/** `path` relative to the directory `base`: empty when equal, `undefined` when not inside. */
export function relativeInside(base: string, path: string): string | undefined {
  if (path === base) return '';
  const prefix = base.endsWith('/') ? base : `${base}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** `path` relative to `base`, with `../` where needed; the absolute path when they share no root (other drive). */
export function relative(base: string, path: string): string {
  const inside = relativeInside(base, path);
  if (inside !== undefined) return inside || '.';
  const from = base.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  if (common === 0) return path;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** The directory and its parents, innermost first, root included. */
export function* ancestors(directory: string): Generator<string> {
  for (let current = directory; ;) {
    yield current;
    const parent = dirname(current);
    if (parent === current) return;
    current = parent;
  }
}

function normalize(path: string): string {
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of path.slice(drive.length).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `${drive}/${parts.join('/')}`;
}

/** Orders by code unit, so that results are the same on every machine and in every language. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
