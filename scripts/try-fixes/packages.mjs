/** Finds the packages to try fixes in, with the scan's own code, and reads them. */
import { NodeFileSystem } from '../../server/src/node/node-file-system.ts';
import { Configs, DEFAULT_CONFIG } from '../../server/src/workspace/config.ts';
import { DEFAULT_MAX_FILE_SIZE, decodeGoFile } from '../../server/src/workspace/decode.ts';
import { discover } from '../../server/src/workspace/discover.ts';
import { GoModules } from '../../server/src/workspace/go-modules.ts';

/**
 * Every directory with Go files below some paths, in order; config files are ignored.
 * @param {readonly string[]} paths absolute
 */
export async function* findPackages(paths) {
  const fs = new NodeFileSystem();
  const modules = new GoModules(fs);
  const options = { fs, configs: new Configs(fs, [], DEFAULT_CONFIG), locale: 'en' };
  for (const { directory, files, targets } of (await discover(paths, options)).directories) {
    const module = await modules.forDirectory(directory);
    yield {
      directory,
      files: await readAll(fs, files),
      targets,
      goVersion: module?.goVersion,
      requires: module?.requires,
      importPath: await modules.importPath(directory),
      moduleRoot: module?.root,
    };
  }
}

/** Files that are no proper text are left out, as are those of a size that the scan leaves out. */
async function readAll(fs, paths) {
  const files = [];
  for (const path of paths) {
    const { text, faithful } = decodeGoFile(path, await fs.readFile(path), 'en', DEFAULT_MAX_FILE_SIZE);
    if (text !== undefined && faithful) files.push({ path, text });
  }
  return files;
}
