// Mocha inside the extension host of a real VS Code.
//   node client/test/run-extension-tests.mjs
// Exit code: 0 passed, 1 failed, 77 skipped; RESULT_FILE names a file for the counts.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ensureBuilt } from '../../scripts/lib/setup.mjs';
import { findChromium } from './host/chromium.mjs';
import { runInExtensionHost } from './host/extension-tests.mjs';
import { reportOutcome } from './host/outcome.mjs';
import { OUT, REPOSITORY } from './host/paths.mjs';
import { temporaryCopy } from './host/workspace.mjs';

const SOURCES = path.join(REPOSITORY, 'client', 'test', 'extension');
const BUNDLES = path.join(OUT, 'extension-tests');

/** Bundles one script per test file; packages are found in the checkout's node_modules. */
async function bundleTests() {
  const entryPoints = fs
    .readdirSync(SOURCES)
    .filter((name) => name === 'index.ts' || name.endsWith('.test.ts'))
    .map((name) => path.join(SOURCES, name));
  await build({
    entryPoints,
    outdir: BUNDLES,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

await reportOutcome('extension tests', async () => {
  findChromium();
  if (!(await ensureBuilt())) throw new Error('The build failed.');
  await bundleTests();
  const workspace = temporaryCopy('workspaces/editor');
  const counts = path.join(BUNDLES, 'counts.json');
  fs.rmSync(counts, { force: true });
  try {
    const code = await runInExtensionHost({
      extension: REPOSITORY,
      tests: path.join(BUNDLES, 'index.cjs'),
      folder: workspace.folder,
      env: { EXTENSION_TEST_RESULT: counts },
    });
    if (!fs.existsSync(counts)) throw new Error(`The extension host ended with code ${code} before any test ran.`);
    return JSON.parse(fs.readFileSync(counts, 'utf8'));
  } finally {
    workspace.remove();
  }
});
