// Bundles the extension (dist/) and the npm package (server/dist/).
//   node scripts/build.mjs [--watch] [--production]
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { root } from './lib/paths.mjs';
import { BUNDLES } from './lib/bundles.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

// A CommonJS bundle would pick web-tree-sitter's ES module, whose `import.meta.url` is empty there; its CommonJS build works in both.
const alias = { 'web-tree-sitter': join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs') };

/** esbuild options of one bundle. */
function options(bundle) {
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
    sourcemap: production ? false : 'linked',
    minify: production,
    // Names of classes and functions appear in logs.
    keepNames: production,
    legalComments: production ? 'linked' : 'none',
    logLevel: 'warning',
  };
}

const missing = BUNDLES.filter((bundle) => !existsSync(join(root, bundle.entry)));
for (const bundle of missing) console.log(`note: ${bundle.entry} does not exist yet, ${bundle.outfile} was not built`);
const present = BUNDLES.filter((bundle) => !missing.includes(bundle));

for (const folder of ['dist', 'server/dist']) {
  if (production) rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
}
cpSync(join(root, 'grammars'), join(root, 'server', 'dist', 'grammars'), { recursive: true });

if (watch) {
  const contexts = await Promise.all(present.map((bundle) => context({ ...options(bundle), logLevel: 'info' })));
  await Promise.all(contexts.map((each) => each.watch()));
  console.log('watching for changes');
} else {
  try {
    await Promise.all(present.map((bundle) => build(options(bundle))));
  } catch {
    // esbuild printed the reason with its position.
    process.exit(1);
  }
  console.log(`built ${present.map((bundle) => bundle.outfile).join(', ')}`);
}
