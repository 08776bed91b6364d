import { basename, dirname, join } from 'node:path';
import { root } from './paths.mjs';

const node = (entry, outfile) => ({ entry: `server/src/${entry}`, outfile, platform: 'node', format: 'cjs' });

/**
 * What is bundled: the extension's scripts (`dist/`) and those of the npm package (`server/dist/`). A bundle for node that
 * imports the entry of another one of its folder does not contain it, but loads that file when it comes to the import.
 */
export const BUNDLES = [
  { entry: 'client/src/node/main.ts', outfile: 'dist/client.node.cjs', platform: 'node', format: 'cjs' },
  { entry: 'client/src/browser/main.ts', outfile: 'dist/client.browser.js', platform: 'browser', format: 'cjs' },
  {
    entry: 'server/src/browser/server-main.ts',
    outfile: 'dist/server.browser.js',
    platform: 'browser',
    format: 'iife',
  },
  node('node/server-main.ts', 'dist/server.node.cjs'),
  node('node/engine-main.ts', 'dist/engine.node.cjs'),
  node('workspace/config-schema.ts', 'dist/config-schema.node.cjs'),
  node('node/cli-main.ts', 'server/dist/cli.cjs'),
  node('node/run-server.ts', 'server/dist/server.cjs'),
  node('node/worker-main.ts', 'server/dist/worker.cjs'),
  node('node/engine-main.ts', 'server/dist/engine.cjs'),
  node('workspace/config-schema.ts', 'server/dist/config-schema.cjs'),
];

// A CommonJS bundle would pick web-tree-sitter's ES module, whose `import.meta.url` is empty there; its CommonJS build works in both.
const alias = { 'web-tree-sitter': join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs') };

/**
 * esbuild options of one bundle.
 * @param bundle one of BUNDLES
 * @param {boolean} production minified, without source maps
 */
export function buildOptions(bundle, production) {
  const browser = bundle.platform === 'browser';
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.outfile,
    bundle: true,
    platform: bundle.platform,
    format: bundle.format,
    target: browser ? 'es2022' : 'node20',
    // `module` first: some CommonJS packages wrap `require` in a way a bundler cannot follow.
    mainFields: browser ? ['browser', 'module', 'main'] : ['module', 'main'],
    external: ['vscode', ...(browser ? ['fs', 'fs/promises', 'module', 'path', 'url'] : [])],
    alias,
    plugins: browser ? [] : [siblings(bundle)],
    // Other bundles are loaded with `require`: the loader of ES modules would take some milliseconds to start.
    supported: browser ? {} : { 'dynamic-import': false },
    sourcemap: production ? false : 'linked',
    minify: production,
    // Names of classes and functions appear in logs. What browsers download goes without, and is 4 % shorter.
    keepNames: production && !browser,
    // The licences of what is bundled go to THIRD-PARTY.txt, in full.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

/**
 * An esbuild plugin that leaves imports of other bundles of the same folder to run time. Each bundle has its own copy of the
 * modules that several of them need, so only data and functions may pass from one to the other: a class is not the same in both.
 */
function siblings(bundle) {
  const beside = new Map(
    BUNDLES.filter(
      (other) => other !== bundle && other.platform === 'node' && dirname(other.outfile) === dirname(bundle.outfile),
    ).map(({ entry, outfile }) => [join(root, entry), `./${basename(outfile)}`]),
  );
  return {
    name: 'siblings',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
        const file = beside.get(join(resolveDir, path));
        return file && { path: file, external: true };
      });
    },
  };
}
