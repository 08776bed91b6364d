/** Real Go files for differential tests. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface GoText {
  path: string;
  text: string;
}

const fixtures = fileURLToPath(new URL('../../../test-fixtures/', import.meta.url));

/** Source folder of the installed Go toolchain; undefined when there is none. */
export function goSources(): string | undefined {
  try {
    return join(
      execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
      'src',
    );
  } catch {
    return undefined;
  }
}

/** All `.go` files below a folder, `testdata` left out; an empty list when it does not exist. */
export function goFiles(root: string): string[] {
  const found: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'testdata' && entry.name !== 'node_modules') visit(path);
      } else if (entry.name.endsWith('.go')) found.push(path);
    }
  };
  try {
    visit(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return found.sort();
}

/** Files of our fixtures, and where Go is installed every `step`-th file of its library, none over `maxBytes`. */
export function sampleGoFiles(step: number, maxBytes = 200_000): GoText[] {
  const library = goSources();
  const paths = [...goFiles(fixtures), ...(library ? goFiles(library).filter((_, index) => index % step === 0) : [])];
  return paths
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => text.length <= maxBytes);
}
