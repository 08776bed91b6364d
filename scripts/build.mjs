// Bundles the extension (dist/) and the npm package (server/dist/).
//   node scripts/build.mjs [--watch] [--production]
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { root } from './lib/paths.mjs';
import { BUNDLES, buildOptions } from './lib/bundles.mjs';
import { thirdPartyNotices } from './lib/third-party.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

cpSync(join(root, 'grammars'), join(root, 'server', 'dist', 'grammars'), { recursive: true });

if (watch) {
  const contexts = await Promise.all(
    BUNDLES.map((bundle) => context({ ...buildOptions(bundle, production), logLevel: 'info' })),
  );
  await Promise.all(contexts.map((each) => each.watch()));
  console.log('watching for changes');
} else {
  const results = await Promise.all(BUNDLES.map((bundle) => build(buildOptions(bundle, production)))).catch(() => {
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
