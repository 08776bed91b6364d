// Writes server/src/golang/api/std-stubs.json from the installed Go toolchain: `node scripts/generate-std-api.mjs`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = dirname(fileURLToPath(import.meta.url));
const output = join(scripts, '..', 'server', 'src', 'golang', 'api', 'std-stubs.json');
const { error, status } = spawnSync('go', ['run', '.', '-o', output], {
  cwd: join(scripts, 'generate-std-api'),
  stdio: 'inherit',
});
if (error) {
  console.error(`Cannot run the Go toolchain (${error.message}). Install Go from https://go.dev/dl and try again.`);
}
process.exitCode = status ?? 1;
