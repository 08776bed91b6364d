/** The wasm files the parser needs, read from the packages they come from. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const modules = new URL('../../../node_modules/', import.meta.url);

export interface Wasm {
  runtime: Uint8Array;
  grammar: Uint8Array;
}

let memo: Promise<Wasm> | undefined;

/** Reads both files once per process. */
export function loadWasm(): Promise<Wasm> {
  return (memo ??= (async () => {
    const [runtime, grammar] = await Promise.all([
      readFile(fileURLToPath(new URL('web-tree-sitter/web-tree-sitter.wasm', modules))),
      readFile(fileURLToPath(new URL('tree-sitter-go/tree-sitter-go.wasm', modules))),
    ]);
    return { runtime, grammar };
  })());
}
