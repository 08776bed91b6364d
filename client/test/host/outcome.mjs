import fs from 'node:fs';

/** Thrown when a suite cannot run on this machine; the message says what is missing and how to get it. */
export class Skipped extends Error {}

const EXIT = { passed: 0, failed: 1, skipped: 77 };

/**
 * Run a suite, tell the test runner how it went and end the process.
 * Exit code: 0 all passed, 1 something failed, 77 skipped. The counts go to the file named by RESULT_FILE, when set.
 * @param {string} name shown in front of the summary
 * @param {() => Promise<{ passed: number, failed: number, skipped: number }>} suite
 */
export async function reportOutcome(name, suite) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  let outcome;
  try {
    counts = await suite();
    outcome = counts.failed > 0 || counts.passed === 0 ? 'failed' : 'passed';
  } catch (error) {
    if (error instanceof Skipped) {
      counts.skipped = 1;
      outcome = 'skipped';
      console.log(`${name}: skipped. ${error.message}`);
    } else {
      counts.failed += 1;
      outcome = 'failed';
      console.error(error);
    }
  }
  if (process.env.RESULT_FILE) fs.writeFileSync(process.env.RESULT_FILE, JSON.stringify(counts));
  if (outcome !== 'skipped') console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
  process.exit(EXIT[outcome]);
}
