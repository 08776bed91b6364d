/** What came of trials, kept in a file with a line of JSON for each: an interrupted run loses nothing and need not compile again. */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';

/**
 * The last line for each fix in a file.
 * @param {string} path
 * @returns {Map<string, { where: string, rule: string, fix: string, title: string, checks: object }>} by `keyOf`; empty where there is no file
 */
export function readRecord(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return new Map();
    throw error;
  }
  const known = new Map();
  text.split('\n').forEach((line, i) => {
    if (line === '') return;
    try {
      const { key, ...trial } = JSON.parse(line);
      known.set(key, trial);
    } catch {
      console.error(
        `${path}:${i + 1} is no line of a record and is left out. Name another file if this one is not a record.`,
      );
    }
  });
  return known;
}

/** Adds a line for a trial. */
export function addToRecord(path, trial) {
  const { where, rule, fix, title, checks } = trial;
  appendFileSync(path, `${JSON.stringify({ key: keyOf(trial), where, rule, fix, title, checks })}\n`);
}

/** The same for the same change of the same texts. */
export function keyOf({ where, fix, changes }) {
  const texts = changes.flatMap(({ before, after }) => [before, after]);
  return createHash('sha1')
    .update([where, fix, ...texts].join('\0'))
    .digest('hex');
}
