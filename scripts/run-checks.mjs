// npm run check: types, lint and format, one after the other, all of them even if one fails.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { root } from './lib/paths.mjs';

const CHECKS = ['typecheck', 'lint', 'format:check'];

const failed = CHECKS.filter((script) => {
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${script}`);
  return status !== 0;
});
if (process.env.RESULT_FILE)
  writeFileSync(
    process.env.RESULT_FILE,
    JSON.stringify({ passed: CHECKS.length - failed.length, failed: failed.length, skipped: 0 }),
  );
process.exitCode = failed.length > 0 ? 1 : 0;
