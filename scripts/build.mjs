// Bundles the extension (dist/) and the npm package (server/dist/).
//   node scripts/build.mjs [--watch] [--production]
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { root } from './lib/paths.mjs';
import { BUNDLES } from './lib/bundles.mjs';
import { thirdPartyNotices } from './lib/third-party.mjs';

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
    // The licences of what is bundled go to THIRD-PARTY.txt, in full.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

cpSync(join(root, 'grammars'), join(root, 'server', 'dist', 'grammars'), { recursive: true });

if (watch) {
  const contexts = await Promise.all(BUNDLES.map((bundle) => context({ ...options(bundle), logLevel: 'info' })));
  await Promise.all(contexts.map((each) => each.watch()));
  console.log('watching for changes');
} else {
  const results = await Promise.all(BUNDLES.map((bundle) => build(options(bundle)))).catch(() => {
    // esbuild printed the reason with its position.
    process.exit(1);
  });
  for (const folder of ['dist', 'server/dist']) {
    const inputs = results
      .filter((_, i) => BUNDLES[i].outfile.startsWith(`${folder}/`))
      .map(({ metafile }) => metafile.inputs);
    writeFileSync(join(root, folder, 'THIRD-PARTY.txt'), thirdPartyNotices(inputs.flatMap(Object.keys)));
  }
  // A build for development may have left them; they would not fit the minified code.
  if (production) for (const { outfile } of BUNDLES) rmSync(join(root, `${outfile}.map`), { force: true });
  console.log(`built ${BUNDLES.map((bundle) => bundle.outfile).join(', ')}`);
}
