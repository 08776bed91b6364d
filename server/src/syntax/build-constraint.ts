/** What `//go:build` lines say: the Go version they ask for, and whether anything is ever built from the file. */

/**
 * The lowest language version under which a build expression can hold, e.g. `1.21`: the larger side of `&&`, the smaller
 * of `||`, nothing for negated terms (the rules of Go's `build/constraint.GoVersion`). `expression` is what follows
 * `//go:build`. Undefined when it asks for none or is malformed.
 */
export function goBuildVersion(expression: string): string | undefined {
  const tokens = expression.match(/&&|\|\||[!()]|[^\s&|!()]+|[&|]/g) ?? [];
  let at = 0;

  // -1 stands for no demand on the version.
  const or = (): number => {
    let version = and();
    while (tokens[at] === '||') {
      at++;
      version = Math.min(version, and());
    }
    return version;
  };
  const and = (): number => {
    let version = not();
    while (tokens[at] === '&&') {
      at++;
      version = Math.max(version, not());
    }
    return version;
  };
  const not = (): number => {
    let negated = false;
    while (tokens[at] === '!') {
      at++;
      negated = true;
    }
    const version = atom();
    return negated ? -1 : version;
  };
  const atom = (): number => {
    const token = tokens[at++];
    if (token === '(') {
      const version = or();
      if (tokens[at] === ')') at++;
      return version;
    }
    const minor = /^go1\.(\d{1,4})$/.exec(token ?? '')?.[1];
    return minor === undefined ? -1 : Number(minor);
  };

  // Deeper nesting than any real line has would only exhaust the stack.
  if (tokens.length > 1000) return undefined;
  const version = or();
  return at === tokens.length && version >= 0 ? `1.${version}` : undefined;
}

/** True for a build expression that asks for a version before some other, such as `!go1.17`. `expression`: as for `isIgnored`. */
export function isForOldGo(expression: string): boolean {
  return /!go1\.\d/.test(expression);
}

/**
 * True when a build expression holds only where the tag `ignore` is set, by convention never: `go run` of the file by its name is all
 * that builds it. `expression` is what follows `//go:build` or `// +build`.
 */
export function isIgnored(expression: string): boolean {
  return !/[|()]/.test(expression) && expression.split(/&&|,/).some((term) => term.trim() === 'ignore');
}
