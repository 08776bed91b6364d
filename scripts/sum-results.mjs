// node scripts/sum-results.mjs FILE…
// Adds up the counts `{passed, failed, skipped}` in the files and prints `N passed, N failed[, N skipped]`.
// A file that is missing stands for a step that broke: one failure.
import { readFileSync } from 'node:fs';

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  let counts;
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    counts = { failed: 1 };
  }
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
