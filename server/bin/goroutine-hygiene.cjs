#!/usr/bin/env node
// Starts the bundled command line. CommonJS, so that it runs without a loader and prints a clear message when the bundle is absent.
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const bundle = join(__dirname, '..', 'dist', 'cli.cjs');
if (existsSync(bundle)) {
  require(bundle);
} else {
  console.error('goroutine-hygiene is not built yet. Run `npm ci && npm run build` in the checkout, then try again.');
  process.exitCode = 2;
}
