import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../lib/paths.mjs';

const ENTRY = `
  import { NodeFileSystem } from './node/node-file-system.ts';
  import { Configs, DEFAULT_CONFIG } from './workspace/config.ts';
  import { discover } from './workspace/discover.ts';
  export async function list(folder) {
    const fs = new NodeFileSystem();
    const { directories } = await discover([folder], { fs, configs: new Configs(fs, [], DEFAULT_CONFIG), locale: 'en' });
    return directories.flatMap(({ files }) => files);
  }`;

/**
 * The files a scan of the folder looks at, found by the scan's own code, so that floor and scan do the same work.
 * @param {string} folder absolute
 * @returns {Promise<string[]>}
 */
export async function listFiles(folder) {
  const outfile = join(tmpdir(), `hygiene-bench-${process.pid}.cjs`);
  await build({
    stdin: { contents: ENTRY, resolveDir: join(root, 'server', 'src'), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  try {
    const { default: module } = await import(pathToFileURL(outfile).href);
    return await module.list(folder);
  } finally {
    rmSync(outfile, { force: true });
  }
}
