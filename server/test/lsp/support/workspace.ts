/** Folders on disk for one test, removed after it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export class TestWorkspace {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'hygiene-lsp-')));

  /** `files`: text by relative path. */
  constructor(files: Record<string, string | Uint8Array> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  get uri(): string {
    return pathToFileURL(this.path).href;
  }

  file(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  remove(name?: string): void {
    rmSync(name === undefined ? this.path : join(this.path, name), { recursive: true, force: true });
  }
}
