/** What other programs change on disk: Go files, configs, modules. */
import { CONFIG_NAME } from '../workspace/config.ts';
import type { ClientFeatures } from './client-features.ts';
import { DidChangeWatchedFilesNotification, FileChangeType, type Connection, type FileEvent } from './library.ts';
import { folderOf, uriKey } from './uris.ts';

const WATCHED = ['**/*.go', '**/go.mod', '**/go.work', `**/${CONFIG_NAME}`];

export interface FileListener {
  /** A Go file was created, changed or deleted. */
  go(uri: string, deleted: boolean): void;
  /** Configs or modules changed. */
  project(): void;
  /** Once after all of a notification's events. */
  done(folders: ReadonlySet<string>): void;
}

export class WatchedFiles {
  private readonly listeners: FileListener[] = [];

  on(listener: FileListener): void {
    this.listeners.push(listener);
  }

  register(connection: Connection): void {
    connection.onDidChangeWatchedFiles(({ changes }) => this.handle(changes));
  }

  async initialized(connection: Connection, features: ClientFeatures): Promise<void> {
    if (!features.watchedFilesRegistration) return;
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  private handle(changes: readonly FileEvent[]): void {
    const folders = new Set<string>();
    let project = false;
    for (const { uri, type } of changes) {
      const key = uriKey(uri);
      if (!key.endsWith('.go')) project = true;
      else {
        folders.add(folderOf(key));
        for (const listener of this.listeners) listener.go(key, type === FileChangeType.Deleted);
      }
    }
    for (const listener of this.listeners) {
      if (project) listener.project();
      listener.done(folders);
    }
  }
}
