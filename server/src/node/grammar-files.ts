/** The two wasm files the parser needs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RUNTIME = 'web-tree-sitter.wasm';
const GRAMMAR = 'tree-sitter-go.wasm';

/**
 * Reads the wasm files from the first directory that has them. For a bundle these are `grammars/` beside it (npm package)
 * and beside its parent (extension). Throws an error that names the places when they are missing: the build is incomplete.
 */
export function readGrammars(directories: readonly string[]): { runtime: Uint8Array; grammar: Uint8Array } {
  const directory = directories.find((each) => existsSync(join(each, RUNTIME)) && existsSync(join(each, GRAMMAR)));
  if (directory === undefined) {
    throw new Error(`${RUNTIME} and ${GRAMMAR} not found in ${directories.join(' or ')}; run "npm run build"`);
  }
  return { runtime: readFileSync(join(directory, RUNTIME)), grammar: readFileSync(join(directory, GRAMMAR)) };
}

/** Where a bundle in `directory` finds its grammars. */
export function bundledGrammars(directory: string): string[] {
  return [join(directory, 'grammars'), join(directory, '..', 'grammars')];
}
