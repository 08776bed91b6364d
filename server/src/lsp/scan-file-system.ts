/** Files as a scan sees them: open documents as they are in the editor, the rest as on disk. */
import type { DirectoryEntry, FileStat, FileSystem, ImmediateFileSystem } from '../workspace/file-system.ts';
import type { Documents } from './documents.ts';
import { pathUri } from './uris.ts';

export class ScanFileSystem implements FileSystem {
  /** Version read, by key; null for files that were not open. */
  readonly versions = new Map<string, number | null>();
  readonly immediate?: ImmediateFileSystem;

  /** `place` is any URI of the scheme and authority the paths belong to. */
  constructor(
    private readonly under: FileSystem,
    private readonly documents: Documents,
    private readonly place: string,
  ) {
    this.immediate = under.immediate;
  }

  readFile(path: string): Promise<Uint8Array> {
    const opened = path.endsWith('.go') ? this.documents.get(pathUri(path, this.place)) : undefined;
    if (path.endsWith('.go')) this.versions.set(pathUri(path, this.place), opened?.document.version ?? null);
    return opened ? Promise.resolve(new TextEncoder().encode(opened.document.getText())) : this.under.readFile(path);
  }

  readDirectory(path: string): Promise<DirectoryEntry[]> {
    return this.under.readDirectory(path);
  }

  stat(path: string): Promise<FileStat | undefined> {
    return this.under.stat(path);
  }

  /** True while a file is what it was when it was read, as far as the editor knows. */
  isCurrent(key: string): boolean {
    return (this.documents.get(key)?.document.version ?? null) === (this.versions.get(key) ?? null);
  }
}
