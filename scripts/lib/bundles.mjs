/** What is bundled: the extension's four scripts and the npm package's two. */
export const BUNDLES = [
  { entry: 'client/src/node/main.ts', outfile: 'dist/client.node.cjs', platform: 'node', format: 'cjs' },
  { entry: 'client/src/browser/main.ts', outfile: 'dist/client.browser.js', platform: 'browser', format: 'cjs' },
  { entry: 'server/src/node/server-main.ts', outfile: 'dist/server.node.cjs', platform: 'node', format: 'cjs' },
  {
    entry: 'server/src/browser/server-main.ts',
    outfile: 'dist/server.browser.js',
    platform: 'browser',
    format: 'iife',
  },
  { entry: 'server/src/node/cli-main.ts', outfile: 'server/dist/cli.cjs', platform: 'node', format: 'cjs' },
  { entry: 'server/src/node/worker-main.ts', outfile: 'server/dist/worker.cjs', platform: 'node', format: 'cjs' },
];
