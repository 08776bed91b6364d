/**
 * Functions of the user's own libraries that acquire something, as the config names them. They are known by import path and name
 * alone: of their packages nothing is seen.
 */
import { apiFact } from './api/facts.ts';
import type { Acquires, ApiFact } from './api/facts.ts';
import { bareName, type OwnResource, tableName } from './own-names.ts';
import type { GoPackage } from './package.ts';

/** Facts about the functions that the config names. */
export class OwnResources {
  private readonly acquired = new Map<string, Acquires[]>();
  /** Names of the functions, without package and type. */
  readonly names: ReadonlySet<string>;

  private constructor(resources: readonly OwnResource[]) {
    for (const resource of resources) {
      const name = tableName(resource.acquire);
      this.acquired.set(name, [...(this.acquired.get(name) ?? []), acquires(resource)]);
    }
    this.names = new Set([...this.acquired.keys()].map(bareName));
  }

  /** Those that code of some packages can call: a file imports their package. Undefined when there are none. */
  static of(resources: readonly OwnResource[] | undefined, packages: readonly GoPackage[]): OwnResources | undefined {
    if (!resources) return undefined;
    const imported = new Set(packages.flatMap((p) => p.files.flatMap((f) => [...f.imports.values()])));
    const callable = resources.filter(({ acquire }) => [...imported].some((path) => acquire.startsWith(`${path}.`)));
    return callable.length > 0 ? new OwnResources(callable) : undefined;
  }

  /** What is known about a function: what the config says it acquires goes before the table. */
  factOf(qualifiedName: string): ApiFact | undefined {
    const fact = apiFact(qualifiedName);
    const [first, ...rest] = this.acquired.get(qualifiedName) ?? [];
    return first ? { ...fact, acquires: first, alsoAcquires: rest } : fact;
  }
}

function acquires({ release, result = 0, field, what, message }: OwnResource): Acquires {
  const isMember = (name: string): boolean => !name.includes('.');
  return {
    result,
    release: release.filter(isMember),
    releasedBy: release.filter((name) => !isMember(name)).map(tableName),
    kind: 'own',
    ...(field !== undefined && { via: field }),
    own: { ...(what !== undefined && { what }), ...(message !== undefined && { message }) },
  };
}
