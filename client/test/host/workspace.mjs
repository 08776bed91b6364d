import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { REPOSITORY } from './paths.mjs';

/**
 * A copy of a folder below test-fixtures/ that may be changed; it keeps its name, which a window shows.
 * @returns {{ folder: string, remove(): void }}
 */
export function temporaryCopy(fixture) {
  // The real path: VS Code resolves links, and findings are looked up by path.
  const parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'workspace-')));
  const folder = path.join(parent, path.basename(fixture));
  fs.cpSync(path.join(REPOSITORY, 'test-fixtures', fixture), folder, { recursive: true });
  return { folder, remove: () => fs.rmSync(parent, { recursive: true, force: true }) };
}
