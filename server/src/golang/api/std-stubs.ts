/**
 * The exported API of Go's standard library as body-less Go source, one declaration per line.
 * The data is written by `scripts/generate-std-api.mjs`; do not edit it.
 */
import stubs from './std-stubs.json' with { type: 'json' };

const packages = new Map<string, string>(Object.entries(stubs.packages));

/** Go version the stubs were generated from, e.g. `1.26`. */
export const STD_STUBS_GO_VERSION: string = stubs.goVersion;

/** Stub source of a standard package by import path (`net/http`); undefined for packages that have none. */
export function stdPackageSource(importPath: string): string | undefined {
  return packages.get(importPath);
}

/** Import paths that have a stub, sorted. */
export function stdPackagePaths(): string[] {
  return [...packages.keys()];
}
