/** A `FileSystem` whose files live with the client: VS Code for the Web, virtual workspaces. */
import type { Connection } from 'vscode-languageserver';
import type { DirectoryEntry, FileStat, FileSystem } from '../workspace/file-system.ts';
import { relativeInside } from '../workspace/paths.ts';
import { FindFilesRequest, ReadFileRequest, type FindFilesResult, type ReadFileResult } from './protocol.ts';
import { pathUri, uriPath } from './uris.ts';

/** Everything the walk of a scan asks for; other files need not travel. */
const SCAN_PATTERN = '**/{*.go,.gitignore}';

export class ClientFileSystem implements FileSystem {
  private readonly listings = new Map<string, Map<string, DirectoryEntry>>();

  /** `place` is any URI of the scheme and authority that paths belong to; nothing outside `roots` is asked for. */
  constructor(
    private readonly connection: Pick<Connection, 'sendRequest'>,
    private readonly place: string,
    private readonly roots: () => readonly string[],
  ) {}

  /** Lists a whole folder with one request, so that a walk through it needs no more. `forgetTree` ends that. */
  async loadTree(folder: string): Promise<void> {
    for (const path of await this.find(folder, SCAN_PATTERN)) this.list(folder, path);
  }

  forgetTree(): void {
    this.listings.clear();
  }

  async readFile(path: string): Promise<Uint8Array> {
    const bytes = await this.read(path);
    if (!bytes) throw new Error(`no such file: ${path}`);
    return bytes;
  }

  async readDirectory(path: string): Promise<DirectoryEntry[]> {
    const known = this.listings.get(path);
    if (known) return [...known.values()];
    const files = await this.find(path, '*');
    return files.map((file) => ({ name: file.slice(path.length).replace(/^\//, ''), type: 'file' as const }));
  }

  async stat(path: string): Promise<FileStat | undefined> {
    if (this.listings.has(path) || this.roots().includes(path)) return { type: 'directory', size: 0, mtimeMs: 0 };
    const bytes = await this.read(path);
    return bytes && { type: 'file', size: bytes.length, mtimeMs: 0 };
  }

  private async read(path: string): Promise<Uint8Array | undefined> {
    if (!this.roots().some((root) => relativeInside(root, path) !== undefined)) return undefined;
    const uri = pathUri(path, this.place);
    const result: ReadFileResult = await this.connection.sendRequest(ReadFileRequest, { uri });
    return result ? Uint8Array.from(atob(result.base64), (char) => char.charCodeAt(0)) : undefined;
  }

  private async find(folder: string, pattern: string): Promise<string[]> {
    const uri = pathUri(folder, this.place);
    const found: FindFilesResult = await this.connection.sendRequest(FindFilesRequest, { folder: uri, pattern });
    return found.map(uriPath).filter((path) => relativeInside(folder, path));
  }

  private list(root: string, path: string): void {
    let type: DirectoryEntry['type'] = 'file';
    for (let child = path; child !== root; type = 'directory') {
      const slash = child.lastIndexOf('/');
      const parent = child.slice(0, slash) || '/';
      let entries = this.listings.get(parent);
      if (!entries) this.listings.set(parent, (entries = new Map()));
      const name = child.slice(slash + 1);
      entries.set(name, { name, type });
      child = parent;
    }
  }
}
