/** Names of golden files: `a.go.FIX.golden` for what a fix makes of the finding's file, `a.go.FIX.b.go.golden` for what it makes of another. */
export interface Golden {
  /** The file with the findings. */
  source: string;
  fix: string;
  /** The file that changes. */
  changed: string;
}

export function goldenName({ source, fix, changed }: Golden): string {
  return changed === source ? `${source}.${fix}.golden` : `${source}.${fix}.${changed}.golden`;
}

/** `undefined` for names of other files. */
export function parseGolden(name: string): Golden | undefined {
  const [, source, fix, changed = source] = /^(.+?\.go)\.([\w-]+)(?:\.(.+\.go))?\.golden$/.exec(name) ?? [];
  return source && fix && changed ? { source, fix, changed } : undefined;
}
