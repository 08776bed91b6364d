/** The Go files around an open one: siblings from disk, remembered, with open documents in their place. */
import type { GoFile } from '../engine/api.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';

export class Packages {
  private readonly siblings = new Map<string, Promise<ReadonlyMap<string, string>>>();
  private readonly stamps = new Map<string, number>();

  constructor(
    private readonly files: Files,
    private readonly documents: Documents,
  ) {
    for (const event of ['open', 'change'] as const) documents.on(event, ({ folder }) => this.touch(folder));
    // What is on disk now may differ from what was read when the folder was first looked at.
    for (const event of ['close', 'save'] as const) documents.on(event, ({ folder }) => this.invalidate(folder));
  }

  /** Changes whenever a file of the folder may have changed. */
  stamp(folder: string): number {
    return this.stamps.get(folder) ?? 0;
  }

  /** Reads a folder's files anew at the next use. */
  invalidate(folder: string | undefined): void {
    if (folder === undefined) return;
    this.siblings.delete(folder);
    this.touch(folder);
  }

  /** Texts of a folder's files as on disk, by URI key. Never rejects. */
  load(folder: string): Promise<ReadonlyMap<string, string>> {
    let texts = this.siblings.get(folder);
    if (!texts) this.siblings.set(folder, (texts = this.readAll(folder)));
    return texts;
  }

  /** What was loaded with the open documents of the folder in its place, sorted by path. Paths are URI keys. */
  overlay(folder: string, loaded: ReadonlyMap<string, string>): GoFile[] {
    const texts = new Map(loaded);
    for (const { key, document } of this.documents.inFolder(folder)) texts.set(key, document.getText());
    return [...texts].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private touch(folder: string | undefined): void {
    if (folder !== undefined) this.stamps.set(folder, this.stamp(folder) + 1);
  }

  private async readAll(folder: string): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    for (const uri of await this.files.goFilesIn(folder)) {
      const text = (await this.files.readGo(uri, 'en'))?.text;
      if (text !== undefined) texts.set(uri, text);
    }
    return texts;
  }
}
