/** The workspace folders, as they come and go. */
import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { ClientFeatures } from './client-features.ts';
import { isWithin, uriKey } from './uris.ts';

export class Folders {
  private folders: string[] = [];
  private readonly removed: ((folder: string) => void)[] = [];

  initialize(params: InitializeParams): void {
    // Older clients know one root only.
    const root = params.rootUri ?? undefined;
    const given = params.workspaceFolders?.map(({ uri }) => uri) ?? (root === undefined ? [] : [root]);
    this.folders = given.map(uriKey);
  }

  initialized(connection: Connection, features: ClientFeatures): void {
    if (!features.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uriKey(uri)));
      this.folders = [...this.folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => uriKey(uri))];
      for (const folder of gone) for (const listener of this.removed) listener(folder);
    });
  }

  onRemove(listener: (folder: string) => void): void {
    this.removed.push(listener);
  }

  all(): readonly string[] {
    return this.folders;
  }

  /** The innermost workspace folder that contains a URI. */
  of(uri: string): string | undefined {
    return this.folders
      .filter((folder) => isWithin(folder, uri))
      .reduce<string | undefined>(
        (best, folder) => (best !== undefined && best.length > folder.length ? best : folder),
        undefined,
      );
  }
}
