#!/usr/bin/env node
// Starts the bundled command line. CommonJS, so that it runs without a loader and prints a clear message when the bundle is absent.
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const bundle = (name) => join(__dirname, '..', 'dist', name);
const args = process.argv.slice(2);
if (!existsSync(bundle('cli.cjs'))) {
  console.error('goroutine-hygiene is not built yet. Run `npm ci && npm run build` in the checkout, then try again.');
  process.exitCode = 2;
} else if (args.join(' ') === 'server --stdio') {
  // The same as below, without reading the command line: an editor waits.
  require(bundle('server.cjs')).runStdioServer();
} else {
  require(bundle('cli.cjs'));
}
