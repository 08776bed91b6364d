/** Loaded by VS Code inside the extension host; runs the test files bundled beside it. */
import fs from 'node:fs';
import path from 'node:path';
import type Mocha from 'mocha';

/** Activation first: later files find the extension active. */
const FILES = ['activation', 'diagnostics', 'fixes', 'settings', 'scan', 'server'];

/** Counts go to the file named by EXTENSION_TEST_RESULT; rejects when a test fails. */
export async function run(): Promise<void> {
  // Mocha is an ES module; a static import would become a `require` whose default export is the whole module.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'bdd', color: false, reporter: 'spec', timeout: 40_000 });
  for (const name of FILES) mocha.addFile(path.join(__dirname, `${name}.test.cjs`));
  const stats = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats!));
  });
  const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
  const file = process.env['EXTENSION_TEST_RESULT'];
  if (file !== undefined) fs.writeFileSync(file, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed`);
}
