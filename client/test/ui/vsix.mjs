import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { OUT, REPOSITORY } from '../host/paths.mjs';

/**
 * The packed extension: the file named by the environment variable VSIX, else packed now.
 * @returns {string} its path
 */
export function packedExtension() {
  const given = process.env.VSIX;
  if (given) return path.resolve(given);
  fs.mkdirSync(OUT, { recursive: true });
  const file = path.join(OUT, 'goroutine-hygiene.vsix');
  const vsce = path.join(REPOSITORY, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ];
  const run = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`The extension could not be packed.\n${run.stdout}${run.stderr}`);
  return file;
}

/** The folder an extension was installed into. */
export function installedExtension(home, name) {
  const extensions = path.join(home, 'extensions');
  const found = fs.readdirSync(extensions).find((each) => each.startsWith(`${name}-`));
  if (found === undefined) throw new Error(`${name} is not installed in ${extensions}`);
  return path.join(extensions, found);
}
