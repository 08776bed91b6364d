import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { REPOSITORY } from './paths.mjs';

/**
 * A copy of a folder below test-fixtures/ that a test may change.
 * @returns {{ folder: string, remove(): void }}
 */
export function temporaryCopy(fixture) {
  // The real path: VS Code resolves links, and findings are looked up by path.
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'workspace-')));
  fs.cpSync(path.join(REPOSITORY, 'test-fixtures', fixture), folder, { recursive: true });
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
