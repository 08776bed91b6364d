import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The checkout: the folder of the extension's package.json. */
export const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where the VS Code server lives once installed. Ignored by git, shared by all runs. */
export const HOST_HOME = path.join(REPOSITORY, '.vscode-test-host');

/** Bundled tests, the packed extension and screenshots. Ignored by git. */
export const OUT = path.join(REPOSITORY, 'out');
