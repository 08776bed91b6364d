/**
 * The native tree-sitter with the Go grammar, which a test compares with the wasm that ships. The binaries in the npm packages need
 * a newer C++ library than some systems have; there they are built from the sources in the same packages, into their folders in node_modules.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

const PACKAGES = ['tree-sitter', 'tree-sitter-go'];

/** Tried in a process of its own: a binary that crashes while it is loaded must not take the tests with it. */
function loads(name) {
  const args = ['--eval', `require(${JSON.stringify(name)})`];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' }).status === 0;
}

/** Folder whose include/node holds the headers of this Node: the one it is installed in, unless npm's `nodedir` names another. */
function headersHome() {
  return process.env.npm_config_nodedir ?? dirname(dirname(process.execPath));
}

/** @returns {string | undefined} what is missing for building the package; undefined when a build can be tried */
function obstacle(name) {
  if (!existsSync(join(root, 'node_modules', name, 'binding.gyp')))
    return 'the optional package is not installed (npm install --include=optional)';
  const header = join(headersHome(), 'include', 'node', 'node_api.h');
  if (!existsSync(header))
    return `${header}, a header of Node, does not exist; the packages of nodejs.org and NodeSource contain it, and libnode-dev of Debian`;
  if (!existsSync(process.env.npm_config_node_gyp ?? ''))
    return "npm's node-gyp is not known; start the tests with npm";
  return undefined;
}

/** @returns {string | undefined} why the package could not be built */
function build(name) {
  const missing = obstacle(name);
  if (missing !== undefined) return missing;
  console.error(`Building the native ${name}; needed once, about a quarter of a minute …`);
  // Without `nodedir` node-gyp would download the headers.
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [process.env.npm_config_node_gyp, 'rebuild', `--nodedir=${headersHome()}`, '--jobs=max'],
    { cwd: join(root, 'node_modules', name), encoding: 'utf8', maxBuffer: Infinity },
  );
  if (status === 0) return loads(name) ? undefined : 'what was built does not load';
  const output = error?.message ?? `${stdout}${stderr}`.trimEnd().split('\n').slice(-30).join('\n');
  return `the build failed; it needs a C++ compiler, make and Python 3 (Debian, Ubuntu: apt-get install g++ make python3)\n${output}`;
}

/** Builds the native packages that do not load here. Says what is missing where that cannot be done; the test then says what that means. */
export function ensureNativeTreeSitter() {
  for (const name of PACKAGES) {
    if (loads(name)) continue;
    const reason = build(name);
    if (reason !== undefined) console.error(`The native ${name} could not be made: ${reason}`);
  }
}
