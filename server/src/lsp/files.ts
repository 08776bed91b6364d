/** Files by URI: from the host's disk where it has one and the scheme is `file:`, else from the client. */
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Locale } from '../rules/rule.ts';
import { decodeGoFile, type Decoded } from '../workspace/decode.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { ClientFileSystem } from './client-file-system.ts';
import type { Log } from './log.ts';
import { childOf, folderOf, nameOf, uriPath } from './uris.ts';

export class Files {
  private readonly clients = new Map<string, ClientFileSystem>();

  constructor(
    private readonly connection: Connection,
    private readonly log: Log,
    private readonly disk: FileSystem | undefined,
    private readonly folders: () => readonly string[],
  ) {}

  /** The file system a URI belongs to, and a name for it. */
  systemOf(uri: string): { name: string; fs: FileSystem } {
    const { scheme, authority } = URI.parse(uri);
    if (this.disk && scheme === 'file') return { name: 'file:', fs: this.disk };
    const name = `${scheme}://${authority}`;
    let fs = this.clients.get(name);
    if (!fs) {
      const roots = () =>
        this.folders()
          .filter((folder) => folder.startsWith(name))
          .map(uriPath);
      this.clients.set(name, (fs = new ClientFileSystem(this.connection, uri, roots)));
    }
    return { name, fs };
  }

  /** Before a walk through a folder: lists it with one request where each step would be one. */
  async prepareWalk(folder: string): Promise<void> {
    const { fs } = this.systemOf(folder);
    if (fs instanceof ClientFileSystem) await fs.loadTree(uriPath(folder));
  }

  endWalk(folder: string): void {
    const { fs } = this.systemOf(folder);
    if (fs instanceof ClientFileSystem) fs.forgetTree();
  }

  /** Text of a Go file that is not open; `undefined` when there is none or it is no text. */
  async readGo(uri: string, locale: Locale): Promise<Decoded | undefined> {
    try {
      return decodeGoFile(uri, await this.systemOf(uri).fs.readFile(uriPath(uri)), locale);
    } catch {
      return undefined;
    }
  }

  /** True for a symbolic link, whose target may be anywhere. */
  async isLink(uri: string): Promise<boolean> {
    try {
      const entries = await this.systemOf(uri).fs.readDirectory(uriPath(folderOf(uri)));
      const name = nameOf(uri);
      return entries.some((entry) => entry.name === name && entry.symlink === true);
    } catch {
      return false;
    }
  }

  /** URIs of the Go files directly in a folder; empty when it cannot be listed. */
  async goFilesIn(folder: string): Promise<string[]> {
    try {
      const entries = await this.systemOf(folder).fs.readDirectory(uriPath(folder));
      return entries
        .filter(({ name, type }) => type === 'file' && name.endsWith('.go') && !/^[._]/.test(name))
        .map(({ name }) => childOf(folder, name));
    } catch (error) {
      this.log.warnOnce(`Cannot list ${folder}: ${String(error)}`);
      return [];
    }
  }
}
