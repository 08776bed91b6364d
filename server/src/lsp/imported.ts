/** Packages that open documents import, as they are on disk: what is typed in them counts once it is saved. */
import type { Imports } from '../engine/api.ts';
import type { ModuleRoot } from '../workspace/go-modules.ts';
import { ImportedFiles } from '../workspace/workspace-imports.ts';
import type { Files } from './files.ts';
import { pathUri, uriPath } from './uris.ts';

/** More than a scan keeps: what had to be read again while somebody types would void all that is kept of the document's folder. */
const KEPT_LENGTH = 32_000_000;

export class Imported {
  private readonly systems = new Map<string, ImportedFiles>();
  /** Changes whenever a package that somebody asked for may have changed. */
  stamp = 0;

  constructor(private readonly files: Files) {}

  /** What documents of a folder may import which sees these modules. */
  of(folder: string, modules: readonly ModuleRoot[]): Imports {
    const { name, fs } = this.files.systemOf(folder);
    let system = this.systems.get(name);
    if (!system) {
      const nameOf = (path: string): string => pathUri(path, folder);
      this.systems.set(name, (system = new ImportedFiles(fs, nameOf, KEPT_LENGTH)));
    }
    return system.from(modules);
  }

  /** Reads what was asked for in vain. Where that changes an answer, the stamp changes. */
  async load(): Promise<void> {
    for (const system of this.systems.values()) if (await system.load()) this.stamp++;
  }

  /** Reads a folder's files anew at the next use. True when somebody had used them. */
  invalidate(folder: string): boolean {
    const used = this.systems.get(this.files.systemOf(folder).name)?.forget(uriPath(folder)) ?? false;
    if (used) this.stamp++;
    return used;
  }
}
