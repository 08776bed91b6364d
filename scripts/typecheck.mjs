// Type-checks every project of the repository and prints what tsc says. Exit code 1 when one of them has errors.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const PROJECTS = [
  { config: 'tsconfig.json', sources: 'scripts' },
  { config: 'server/tsconfig.json', sources: 'server/src' },
  { config: 'server/tsconfig.browser.json', sources: 'server/src/browser' },
  { config: 'client/tsconfig.json', sources: 'client/src' },
  { config: 'client/tsconfig.browser.json', sources: 'client/src/browser' },
];

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const hasSources = (folder) =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => file.endsWith('.ts'));

let failed = 0;
for (const { config, sources } of PROJECTS) {
  // tsc calls a project without files an error.
  if (!hasSources(join(root, sources))) continue;
  const { status } = spawnSync(process.execPath, [tsc, '-p', config], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed++;
}
if (failed > 0) console.error(`typecheck: ${failed} of ${PROJECTS.length} projects have errors`);
process.exit(failed > 0 ? 1 : 0);
